/** How many files of each stage may be shown, and why not the others. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Isolation } from "./hooks";
import own from "./isolation.module.css";

const COLUMNS = ["passed", "overruled", "withheld", "missing"] as const;

export function Verdicts({ isolation }: { isolation: Isolation }) {
  const { t } = useTranslation("isolation");
  return (
    <Section title={t("verdict")}>
      <Scroll>
        <Table className={own.verdicts}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("stage")}</Table.Th>
              {COLUMNS.map((column) => (
                <Table.Th key={column} className={own.number}>
                  {t(column)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {isolation.verdicts.map((row) => (
              <Table.Tr key={row.modality}>
                <Table.Td>
                  <ModalityMark modality={row.modality as Modality} />
                </Table.Td>
                {COLUMNS.map((column) => (
                  <Table.Td key={column} className={`${own.number} figures`}>
                    {whole(row[column])}
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
