/** One clip's scores, annotators by modalities, with the label that the dataset holds now. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, signed } from "@/shared/format";
import { LabelChip, ModalityMark, ScoreChip } from "@/shared/parts/Marks";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import type { ContestedClipDetail } from "./contestedHooks";
import look from "./quality.module.css";

export function ScoreTable({ clip }: { clip: ContestedClipDetail }) {
  const { t } = useTranslation("quality");
  const annotators = [...new Set(clip.scores.map((one) => one.annotator))];
  const scoreOf = (annotator: string, modality: string) =>
    clip.scores.find((one) => one.annotator === annotator && one.modality === modality && !one.is_repeat);
  const repeatOf = (annotator: string, modality: string) =>
    clip.scores.find((one) => one.annotator === annotator && one.modality === modality && one.is_repeat);
  return (
    <Scroll>
      <Table className={look.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("annotator")}</Table.Th>
            {MODALITIES.map((modality) => (
              <Table.Th key={modality}>
                <ModalityMark modality={modality} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {annotators.map((annotator) => (
            <Table.Tr key={annotator}>
              <Table.Td>{annotator}</Table.Td>
              {MODALITIES.map((modality) => {
                const given = scoreOf(annotator, modality);
                const again = repeatOf(annotator, modality);
                return (
                  <Table.Td key={modality}>
                    {given && <ScoreChip score={given.score} />}{" "}
                    <span className={look.quiet}>
                      {given && !given.counts && t("contested.excluded")}
                      {given?.counts && given.seconds !== null && `${decimal(given.seconds, 1)} s`}
                      {again && `, ${t("contested.again")} ${signed(again.score, 0)}`}
                    </span>
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
          <Summary name={t("contested.spread")} clip={clip} cell={(one) => decimal(one.spread, 2)} />
          <Summary name={t("contested.byRule")} clip={clip} cell={(one) => <LabelChip value={one.value} />} />
          <Summary
            name={t("contested.label")}
            clip={clip}
            cell={({ modality }) => (
              <LabelChip value={clip.labels.find((label) => label.modality === modality)?.value} />
            )}
          />
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

interface SummaryProps {
  name: string;
  clip: ContestedClipDetail;
  cell: (modality: ContestedClipDetail["modalities"][number]) => React.ReactNode;
}

function Summary({ name, clip, cell }: SummaryProps) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      {clip.modalities.map((one) => (
        <Table.Td key={one.modality}>{cell(one)}</Table.Td>
      ))}
    </Table.Tr>
  );
}
