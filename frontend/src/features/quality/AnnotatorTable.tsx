/** Every annotator beside the others, one stage at a time; the stage is kept in the address. */
import { SegmentedControl, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, signed, whole } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import type { Portrait, Quality } from "./hooks";
import look from "./quality.module.css";
import { useStage } from "./stage";

interface AnnotatorTableProps {
  portraits: Portrait[];
  people: Quality["annotators"];
}

export function AnnotatorTable({ portraits, people }: AnnotatorTableProps) {
  const { t } = useTranslation("quality");
  const [stage, choose] = useStage();
  const choice = (
    <SegmentedControl
      size="xs"
      value={stage}
      onChange={choose}
      data={MODALITIES.map((value) => ({ value, label: t(`modality.${value}`, { ns: "shared" }) }))}
      aria-label={t("stage")}
    />
  );
  return (
    <Section title={t("annotators.title")} actions={choice}>
      <Scroll>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("annotator")}</Table.Th>
              <Table.Th className={look.number}>{t("answers")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.bias")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.spread")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.correlation")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.seconds")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.pace")}</Table.Th>
              <Table.Th className={look.number}>{t("annotators.drift")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map(({ annotator, pseudonym }) => {
              const row = portraits.find((one) => one.pseudonym === pseudonym && one.modality === stage);
              return row && <PortraitRow key={pseudonym} annotator={annotator} portrait={row} />;
            })}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}

function PortraitRow({ annotator, portrait }: { annotator: string; portrait: Portrait }) {
  const change = portrait.drift?.change;
  return (
    <Table.Tr>
      <Table.Td>
        {annotator} <span className={look.quiet}>{portrait.pseudonym}</span>
      </Table.Td>
      <Table.Td className={look.number}>{whole(portrait.answers)}</Table.Td>
      <Table.Td className={look.number}>{signed(portrait.bias, 2)}</Table.Td>
      <Table.Td className={look.number}>{decimal(portrait.spread, 2)}</Table.Td>
      <Table.Td className={look.number}>{decimal(portrait.correlation, 2)}</Table.Td>
      <Table.Td className={look.number}>{decimal(portrait.seconds, 1)}</Table.Td>
      <Table.Td className={look.number}>{decimal(portrait.pace, 2)}</Table.Td>
      <Table.Td className={look.number}>
        {signed(change?.value, 2)}{" "}
        {change && (
          <span className={look.quiet}>
            [{signed(change.low, 2)}, {signed(change.high, 2)}]
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
