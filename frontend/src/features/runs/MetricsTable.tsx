/** The scores of the four predictions on the test split, with the number of clips behind them. */
import { Button, Table, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { saveCsv } from "@/shared/charts/csv";
import { whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { type RunDetail, useScatter } from "./hooks";
import { isShare, METRICS, metricText, sizes } from "./metrics";
import look from "./runs.module.css";

type AllMetrics = Schemas["PredictionMetrics"];

export function MetricsTable({ run, metrics }: { run: RunDetail; metrics: AllMetrics }) {
  const { t } = useTranslation("runs");
  const pairs = useScatter(run.id).data;
  const saveNumbers = () => {
    const rows = MODALITIES.map((modality) => [modality, ...METRICS.map((name) => metrics[modality][name])]);
    saveCsv(`metrics-${run.id}`, ["prediction", ...METRICS], rows);
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
      <Table.ScrollContainer minWidth={720} type="native">
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
            {MODALITIES.map((modality) => {
              const size = pairs && sizes(pairs[modality]);
              return (
                <Table.Tr key={modality} fw={modality === "multimodal" ? 600 : undefined}>
                  <Table.Td>
                    <ModalityMark modality={modality} />
                  </Table.Td>
                  <Table.Td className={look.number} title={size && t("metrics.weak", { count: size.weak })}>
                    {whole(size?.n)}
                  </Table.Td>
                  {METRICS.map((name) => (
                    <Table.Td key={name} className={look.number}>
                      {metricText(name, metrics[modality])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt={4}>
        {t("metrics.once", { epoch: run.best_epoch })}
      </Text>
    </Section>
  );
}
