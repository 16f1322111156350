/** The labels that some rule changes most, by every rule side by side. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import look from "./quality.module.css";
import { RULES, type Rules } from "./rulesHooks";

export function ChangedLabels({ changed }: { changed: Rules["changed"] }) {
  const { t } = useTranslation("quality");
  if (changed.length === 0) return null;
  return (
    <Section title={t("rules.most")}>
      <Scroll>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("rules.clip")}</Table.Th>
              <Table.Th>{t("stage")}</Table.Th>
              {RULES.map((rule) => (
                <Table.Th key={rule}>{t(`rule.${rule}`, { ns: "shared" })}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map((row) => (
              <Table.Tr key={`${row.clip} ${row.modality}`}>
                <Table.Td>
                  <Link to={`../contested/${row.clip}`}>
                    {row.video_id} / {row.clip_id}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <ModalityMark modality={row.modality} />
                </Table.Td>
                {RULES.map((rule) => (
                  <Table.Td key={rule}>
                    <LabelChip value={row.labels[rule]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}
