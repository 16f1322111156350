/** Patterns that an admin should look into, each with its figure and the limit that it passes. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, percent, signed, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import type { Quality, Suspicion } from "./hooks";
import look from "./quality.module.css";

interface SuspicionsProps {
  suspicions: Suspicion[];
  people: Quality["annotators"];
}

export function Suspicions({ suspicions, people }: SuspicionsProps) {
  const { t } = useTranslation("quality");
  const nameOf = (pseudonym: string) => people.find((one) => one.pseudonym === pseudonym)?.annotator;
  return (
    <Section title={t("suspicions.title")}>
      <Text c="dimmed">{t(suspicions.length ? "suspicions.hint" : "suspicions.none")}</Text>
      {suspicions.length > 0 && (
        <Scroll>
          <Table mt="xs" className={look.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("annotator")}</Table.Th>
                <Table.Th>{t("stage")}</Table.Th>
                <Table.Th>{t("suspicions.pattern")}</Table.Th>
                <Table.Th className={look.number}>{t("suspicions.figure")}</Table.Th>
                <Table.Th className={look.number}>{t("suspicions.limit")}</Table.Th>
                <Table.Th className={look.number}>{t("answers")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {suspicions.map((one) => (
                <Table.Tr key={`${one.annotator} ${one.modality} ${one.pattern}`}>
                  <Table.Td>
                    {nameOf(one.annotator)} <span className={look.quiet}>{one.annotator}</span>
                  </Table.Td>
                  <Table.Td>
                    <ModalityMark modality={one.modality} />
                  </Table.Td>
                  <Table.Td>{t(`suspicions.${one.pattern}`)}</Table.Td>
                  <Table.Td className={look.number}>
                    {drifts(one) ? signed(one.figure, 2) : figureOf(one.pattern, one.figure)}
                  </Table.Td>
                  <Table.Td className={look.number}>
                    {drifts(one) && "± "}
                    {figureOf(one.pattern, one.limit)}
                  </Table.Td>
                  <Table.Td className={look.number}>{whole(one.answers)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Section>
  );
}

const SHARES: ReadonlySet<Suspicion["pattern"]> = new Set([
  "same_key",
  "faster_than_clip",
  "much_faster",
  "misses_gold",
]);

/** The only figure that may be too far to either side. */
const drifts = ({ pattern }: Suspicion) => pattern === "drift";

function figureOf(pattern: Suspicion["pattern"], figure: number): string {
  if (SHARES.has(pattern)) return `${percent(figure, 0)} %`;
  return pattern === "long_run" ? whole(figure) : decimal(figure, 2);
}
