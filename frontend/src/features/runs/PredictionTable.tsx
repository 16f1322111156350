/** The clips of the test split, most wrong first: labels, predictions, and the scores behind the labels. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { type Prediction, type RunDetail, usePredictions } from "./hooks";
import look from "./runs.module.css";
import { ScoreMarks } from "./ScoreMarks";

interface PredictionTableProps {
  run: RunDetail;
  onChoose: (clip: string) => void;
}

export function PredictionTable({ run, onChoose }: PredictionTableProps) {
  const { t } = useTranslation("runs");
  const predictions = usePredictions(run.id);
  return (
    <Section title={t("clips.title")}>
      <Text size="xs" c="dimmed" mb={4}>
        {t("clips.order")}
      </Text>
      <Loaded query={predictions}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.results);
          return rows.length === 0 ? (
            <Empty>{t("clips.none")}</Empty>
          ) : (
            <Rows rows={rows} onChoose={onChoose} />
          );
        }}
      </Loaded>
      {predictions.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={predictions.isFetchingNextPage}
          onClick={() => predictions.fetchNextPage()}
        >
          {t("action.more", { ns: "shared" })}
        </Button>
      )}
    </Section>
  );
}

interface RowsProps {
  rows: readonly Prediction[];
  onChoose: (clip: string) => void;
}

function Rows({ rows, onChoose }: RowsProps) {
  const { t } = useTranslation("runs");
  return (
    <Scroll minWidth={980}>
      <Table className={look.table} verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th colSpan={2}>{t("clips.clip")}</Table.Th>
            {MODALITIES.map((modality) => (
              <Table.Th key={modality}>
                <ModalityMark modality={modality} />
                <Text size="xs" c="dimmed" fw={400}>
                  {t("clips.pair")}
                </Text>
              </Table.Th>
            ))}
            <Table.Th className={look.number}>{t("clips.error")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.clip} row={row} onChoose={() => onChoose(row.clip)} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Row({ row, onChoose }: { row: Prediction; onChoose: () => void }) {
  const { t } = useTranslation("runs");
  const name = `${row.video_id} / ${row.clip_id}`;
  return (
    <Table.Tr>
      <Table.Td w={96}>
        <button
          type="button"
          className={look.open}
          onClick={onChoose}
          aria-label={t("clips.play", { clip: name })}
        >
          <img className={look.thumbnail} src={row.thumbnail_url} alt="" loading="lazy" />
        </button>
      </Table.Td>
      <Table.Td className={look.clip}>
        <button type="button" className={look.open} onClick={onChoose}>
          {row.transcript}
        </button>
        <Text size="xs" c="dimmed">
          {name}
        </Text>
      </Table.Td>
      {MODALITIES.map((modality) => (
        <Table.Td key={modality}>
          <span className={look.pair}>
            <LabelChip value={row.label[modality]} />
            <span aria-hidden>→</span>
            <LabelChip value={row.prediction[modality]} digits={2} />
          </span>
          <ScoreMarks scores={row.scores[modality]} />
        </Table.Td>
      ))}
      <Table.Td className={look.number}>{decimal(row.error, 2)}</Table.Td>
    </Table.Tr>
  );
}
