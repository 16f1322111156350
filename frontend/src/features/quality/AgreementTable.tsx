/** Agreement per modality: three statistics with their 95 % intervals. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import type { Agreement, Estimate } from "./hooks";
import look from "./quality.module.css";

export function AgreementTable({ agreement }: { agreement: Agreement[] }) {
  const { t } = useTranslation("quality");
  const annotators = agreement[0]?.annotators ?? 0;
  return (
    <Section title={t("agreement.title")}>
      <Scroll>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("stage")}</Table.Th>
              <Table.Th className={look.number}>{t("agreement.clips")}</Table.Th>
              <Table.Th className={look.number}>{t("agreement.complete")}</Table.Th>
              <Table.Th className={look.number}>{t("agreement.alpha")}</Table.Th>
              <Table.Th className={look.number}>ICC(2,1)</Table.Th>
              <Table.Th className={look.number}>ICC(2,{annotators})</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {agreement.map((row) => (
              <Table.Tr key={row.modality}>
                <Table.Td>
                  <ModalityMark modality={row.modality} />
                </Table.Td>
                <Table.Td className={look.number}>{whole(row.clips)}</Table.Td>
                <Table.Td className={look.number}>{whole(row.complete)}</Table.Td>
                <EstimateCell estimate={row.alpha} />
                <EstimateCell estimate={row.icc_single} />
                <EstimateCell estimate={row.icc_average} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt={4}>
        {t("agreement.hint")}
      </Text>
    </Section>
  );
}

function EstimateCell({ estimate }: { estimate: Estimate | null }) {
  return (
    <Table.Td className={look.number}>
      {estimate ? decimal(estimate.value, 2) : "–"}{" "}
      {estimate && (
        <span className={look.quiet}>
          [{decimal(estimate.low, 2)}, {decimal(estimate.high, 2)}]
        </span>
      )}
    </Table.Td>
  );
}
