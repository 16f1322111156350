/** The scores of the four predictions on the test split, with the number of clips behind them. */
import { Button, Table, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { saveCsv } from "@/shared/charts/csv";
import { whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import type { Modality } from "@/shared/vocabulary/modality";
import { type RunDetail, type Scatter, useScatter } from "./hooks";
import { isShare, METRICS, metricText, sizes, tasksOf } from "./metrics";
import look from "./runs.module.css";

type AllMetrics = Schemas["PredictionMetrics"];

interface MetricsTableProps {
  run: RunDetail;
  metrics: AllMetrics;
  /** The same predictions against the multimodal labels; runs of earlier releases have none. */
  against?: AllMetrics;
}

export function MetricsTable({ run, metrics, against }: MetricsTableProps) {
  const { t } = useTranslation("runs");
  const pairs = useScatter(run.id).data;
  const saveNumbers = () => {
    const tables = { own: metrics, ...(against && { multimodal: against }) };
    const rows = Object.entries(tables).flatMap(([labels, table]) =>
      tasksOf(table).map((task) => [task, labels, ...METRICS.map((name) => table[task]?.[name] ?? null)]),
    );
    saveCsv(`metrics-${run.id}`, ["prediction", "labels", ...METRICS], rows);
  };
  return (
    <Section
      title={t("metrics.title")}
      actions={
        <Button variant="default" size="compact-xs" onClick={saveNumbers}>
          CSV
        </Button>
      }
    >
      <Scroll minWidth={720}>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("metrics.prediction")}</Table.Th>
              <Table.Th className={look.number}>{t("metrics.n")}</Table.Th>
              {METRICS.map((name) => (
                <Table.Th key={name} className={look.number}>
                  <Tooltip label={t(`metricWhy.${name}`)} multiline maw={280}>
                    <span>
                      {t(`metric.${name}`)}
                      {isShare(name) && " %"}
                    </span>
                  </Tooltip>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tasksOf(metrics).map((task) => (
              <MetricsRow key={task} task={task} metrics={metrics} pairs={pairs} />
            ))}
            {against && (
              <Table.Tr>
                <Table.Td colSpan={2 + METRICS.length} c="dimmed" fz="xs">
                  {t("metrics.against")}
                </Table.Td>
              </Table.Tr>
            )}
            {against &&
              tasksOf(against)
                .filter((task) => task !== "multimodal")
                .map((task) => (
                  <MetricsRow key={`${task} against`} task={task} metrics={against} pairs={pairs} crossed />
                ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt={4}>
        {t("metrics.once", { epoch: run.best_epoch })}
      </Text>
    </Section>
  );
}

interface MetricsRowProps {
  task: Modality;
  metrics: AllMetrics;
  pairs: Scatter | undefined;
  /** Against the multimodal labels, whose clips are counted then. */
  crossed?: boolean;
}

function MetricsRow({ task, metrics, pairs, crossed }: MetricsRowProps) {
  const { t } = useTranslation("runs");
  const labels = crossed ? pairs?.multimodal_labels : pairs?.[task]?.truth;
  const size = labels && sizes(labels);
  return (
    <Table.Tr fw={task === "multimodal" ? 600 : undefined}>
      <Table.Td>
        <ModalityMark modality={task} />
      </Table.Td>
      <Table.Td className={look.number} title={size && t("metrics.weak", { count: size.weak })}>
        {whole(size?.n)}
      </Table.Td>
      {METRICS.map((name) => (
        <Table.Td key={name} className={look.number}>
          {metricText(name, metrics[task])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
