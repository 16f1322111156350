/** How far each rule's labels lie from the paper's, stage by stage. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, percent, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import look from "./quality.module.css";
import { OTHERS, type RuleDistance } from "./rulesHooks";

const HEADS = ["changed", "classes", "difference", "correlation"] as const;

export function RuleTable({ stages }: { stages: RuleDistance[] }) {
  const { t } = useTranslation("quality");
  return (
    <Section title={t("rules.compared")}>
      <Text c="dimmed" maw={760} mb="xs">
        {t("rules.comparedHint")}
      </Text>
      <Scroll>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("rules.rule")}</Table.Th>
              <Table.Th>{t("stage")}</Table.Th>
              <Table.Th className={look.number}>{t("agreement.clips")}</Table.Th>
              {HEADS.map((name) => (
                <Table.Th key={name} className={look.number}>
                  {t(`rules.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {OTHERS.flatMap((rule) =>
              MODALITIES.map((modality) => {
                const row = stages.find((one) => one.rule === rule && one.modality === modality);
                return row && <DistanceRow key={`${rule} ${modality}`} row={row} />;
              }),
            )}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}

function DistanceRow({ row }: { row: RuleDistance }) {
  const { t } = useTranslation("shared");
  return (
    <Table.Tr>
      <Table.Td>{row.modality === MODALITIES[0] && t(`rule.${row.rule}`)}</Table.Td>
      <Table.Td>
        <ModalityMark modality={row.modality} />
      </Table.Td>
      <Table.Td className={look.number}>{whole(row.clips)}</Table.Td>
      <Share count={row.changed} of={row.clips} />
      <Share count={row.class_changes} of={row.clips} />
      <Table.Td className={look.number}>{decimal(row.mean_difference, 3)}</Table.Td>
      <Table.Td className={look.number}>{decimal(row.correlation, 3)}</Table.Td>
    </Table.Tr>
  );
}

function Share({ count, of }: { count: number; of: number }) {
  return (
    <Table.Td className={look.number}>
      {whole(count)} <span className={look.quiet}>{of > 0 && `${percent(count / of)} %`}</span>
    </Table.Td>
  );
}
