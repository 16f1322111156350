/** One table of the paper; a row that Cueset can train has what was measured here under what was published. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import look from "./comparison.module.css";
import { figure, IS_ERROR, type MetricName, seedsOf, spreadText } from "./figures";
import type { PaperRow, PaperTable } from "./hooks";
import { rowName } from "./rowNames";

export function PaperTableSection({ table }: { table: PaperTable }) {
  const { t } = useTranslation("comparison");
  const metrics = table.metrics as MetricName[];
  return (
    <Section title={t(`tables.table${table.number as 2 | 3 | 4}`)}>
      <Scroll>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("row")}</Table.Th>
              <Table.Th>{t("from")}</Table.Th>
              {metrics.map((metric) => (
                <Table.Th key={metric} ta="right">
                  {t(`metrics.${metric}`)} {IS_ERROR.has(metric) ? "↓" : "↑"}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {table.rows.map((row) => (
            <Rows key={row.name} row={row} metrics={metrics} />
          ))}
        </Table>
      </Scroll>
    </Section>
  );
}

function Rows({ row, metrics }: { row: PaperRow; metrics: MetricName[] }) {
  const { t, i18n } = useTranslation("comparison");
  const seeds = seedsOf(row.ours);
  return (
    <Table.Tbody>
      <Table.Tr>
        <Table.Th scope="rowgroup" rowSpan={row.can_train ? 2 : 1}>
          {rowName(row.name, i18n.language)}
        </Table.Th>
        <Table.Td className={look.published}>{t("published")}</Table.Td>
        {metrics.map((metric) => (
          <Table.Td key={metric} ta="right" className={look.published}>
            {row.published[metric] === undefined ? "–" : figure(metric, row.published[metric])}
          </Table.Td>
        ))}
      </Table.Tr>
      {row.can_train && (
        <Table.Tr>
          <Table.Td className={look.ours}>
            {seeds ? t("measured", { count: seeds }) : <span className={look.none}>{t("notYet")}</span>}
          </Table.Td>
          {metrics.map((metric) => (
            <Table.Td key={metric} ta="right" className={look.ours}>
              {seeds ? spreadText(metric, row.ours[metric]) : ""}
            </Table.Td>
          ))}
        </Table.Tr>
      )}
    </Table.Tbody>
  );
}
