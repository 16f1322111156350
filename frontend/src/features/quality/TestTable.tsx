/** How annotators answered clips that came twice and clips whose score is known, in the stage that is looked at. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, percent } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { GoldSettings } from "./GoldSettings";
import type { Gold, Quality, Repeats } from "./hooks";
import look from "./quality.module.css";
import { useStage } from "./stage";

interface TestTableProps {
  campaign: string;
  quality: Quality;
  mayChange: boolean;
}

export function TestTable({ campaign, quality, mayChange }: TestTableProps) {
  const { t } = useTranslation("quality");
  const [stage] = useStage();
  const repeats = quality.repeats.filter((row) => row.modality === stage);
  const gold = quality.gold.filter((row) => row.modality === stage);
  const isTested = [...repeats, ...gold].some((row) => row.asked > 0);
  const { gold_settings: settings } = quality;
  return (
    <Section
      title={t("tests.title")}
      actions={mayChange && <GoldSettings campaign={campaign} settings={settings} />}
    >
      <Text c="dimmed" maw={760} mb="xs">
        <ModalityMark modality={stage} />
        {" · "}
        {t("tests.hint")} {t("gold.now", { count: settings.tolerance })}
        {!settings.counts && ` ${t("gold.aside")}`}
      </Text>
      {isTested ? (
        <Rows people={quality.annotators} repeats={repeats} gold={gold} />
      ) : (
        <Text>{t("tests.none")}</Text>
      )}
    </Section>
  );
}

const HEADS = ["repeats", "exact", "difference", "correlation"] as const;
const GOLD_HEADS = ["gold", "hits", "distance"] as const;

interface RowsProps {
  people: Quality["annotators"];
  repeats: Repeats[];
  gold: Gold[];
}

function Rows({ people, repeats, gold }: RowsProps) {
  const { t } = useTranslation("quality");
  return (
    <Scroll>
      <Table className={look.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("annotator")}</Table.Th>
            {HEADS.map((name) => (
              <Table.Th key={name} className={look.number}>
                {t(`tests.${name}`)}
              </Table.Th>
            ))}
            <Table.Th className={look.number}>ICC(2,1)</Table.Th>
            {GOLD_HEADS.map((name) => (
              <Table.Th key={name} className={look.number}>
                {t(`tests.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(({ annotator, pseudonym }) => (
            <Table.Tr key={pseudonym}>
              <Table.Td>
                {annotator} <span className={look.quiet}>{pseudonym}</span>
              </Table.Td>
              <RepeatCells row={repeats.find((one) => one.pseudonym === pseudonym)} />
              <GoldCells row={gold.find((one) => one.pseudonym === pseudonym)} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function RepeatCells({ row }: { row: Repeats | undefined }) {
  const { t } = useTranslation("quality");
  return (
    <>
      <Table.Td className={look.number}>
        {row ? t("tests.answered", { count: row.pairs, of: row.asked }) : "–"}
      </Table.Td>
      <Table.Td className={look.number}>{share(row?.exact)}</Table.Td>
      <Table.Td className={look.number}>{decimal(row?.mean_difference, 2)}</Table.Td>
      <Table.Td className={look.number}>{decimal(row?.correlation, 2)}</Table.Td>
      <Table.Td className={look.number}>
        {decimal(row?.icc?.value, 2)}{" "}
        {row?.icc && (
          <span className={look.quiet}>
            [{decimal(row.icc.low, 2)}, {decimal(row.icc.high, 2)}]
          </span>
        )}
      </Table.Td>
    </>
  );
}

function GoldCells({ row }: { row: Gold | undefined }) {
  const { t } = useTranslation("quality");
  return (
    <>
      <Table.Td className={look.number}>
        {row ? t("tests.answered", { count: row.clips, of: row.asked }) : "–"}
      </Table.Td>
      <Table.Td className={look.number}>{share(row?.share)}</Table.Td>
      <Table.Td className={look.number}>{decimal(row?.mean_distance, 2)}</Table.Td>
    </>
  );
}

function share(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : `${percent(value, 0)} %`;
}
