/** One clip of a run: its player, what was predicted, and what every annotator said. */
import { Drawer, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { LabelChip, ModalityMark, ScoreChip } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { type Prediction, usePrediction } from "./hooks";
import look from "./runs.module.css";

interface PredictionDrawerProps {
  run: string;
  clip: string;
  onClose: () => void;
}

export function PredictionDrawer({ run, clip, onClose }: PredictionDrawerProps) {
  const { t } = useTranslation("runs");
  const query = usePrediction(run, clip);
  const row = query.data;
  return (
    <Drawer
      opened
      onClose={onClose}
      size="md"
      title={row ? `${row.video_id} / ${row.clip_id}` : t("clips.clip")}
      closeButtonProps={{ "aria-label": t("action.close", { ns: "shared" }) }}
    >
      <Loaded query={query}>
        {(found) => (found ? <Shown row={found} /> : <Text c="dimmed">{t("clips.missing")}</Text>)}
      </Loaded>
    </Drawer>
  );
}

function Shown({ row }: { row: Prediction }) {
  const { t } = useTranslation("runs");
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands below as text */}
      <video
        className={look.player}
        src={row.media_url}
        poster={row.thumbnail_url}
        controls
        preload="metadata"
      />
      <Text size="lg" mt="xs" mb="md">
        {row.transcript}
      </Text>
      <Table withRowBorders={false} className={look.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th />
            <Table.Th>{t("clips.label")}</Table.Th>
            <Table.Th>{t("clips.prediction")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {MODALITIES.map((modality) => (
            <Table.Tr key={modality}>
              <Table.Td>
                <ModalityMark modality={modality} />
              </Table.Td>
              <Table.Td>
                <LabelChip value={row.label[modality]} />
              </Table.Td>
              <Table.Td>
                <LabelChip value={row.prediction[modality]} digits={2} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4} mb="md">
        {t("clips.error")} {decimal(row.error, 2)}
      </Text>
      <AllScores row={row} />
    </>
  );
}

function AllScores({ row }: { row: Prediction }) {
  const { t } = useTranslation("runs");
  const annotators = [
    ...new Set(MODALITIES.flatMap((modality) => row.scores[modality].map((one) => one.annotator))),
  ];
  if (annotators.length === 0) return <Text c="dimmed">{t("clips.noScores")}</Text>;
  return (
    <Scroll minWidth={320}>
      <Table className={look.table} verticalSpacing={2} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("clips.scores")}</Table.Th>
            {MODALITIES.map((modality) => (
              <Table.Th key={modality}>
                <ModalityMark modality={modality} bare />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {annotators.map((annotator) => (
            <Table.Tr key={annotator}>
              <Table.Td>{annotator}</Table.Td>
              {MODALITIES.map((modality) => {
                const given = row.scores[modality].find((one) => one.annotator === annotator);
                return <Table.Td key={modality}>{given ? <ScoreChip score={given.score} /> : "–"}</Table.Td>;
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
