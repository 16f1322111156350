/** Whose scores changed between two versions, and how many labels moved with them. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import type { Difference } from "./hooks";

export function WhoseScores({ of }: { of: Difference["annotators"] }) {
  const { t } = useTranslation("versions");
  if (of.length === 0) return null;
  return (
    <Section title={t("changes.scores")}>
      <Scroll>
        <Table maw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("changes.annotator")}</Table.Th>
              <Table.Th ta="right">{t("changes.scoresChanged")}</Table.Th>
              <Table.Th ta="right">{t("changes.labelsMoved")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map((one) => (
              <Table.Tr key={one.annotator}>
                <Table.Td>{one.annotator}</Table.Td>
                <Table.Td ta="right">{whole(one.scores)}</Table.Td>
                <Table.Td ta="right">{whole(one.labels)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}
