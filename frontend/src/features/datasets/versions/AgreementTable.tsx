/** How well annotators agree in each modality: three statistics with their 95 % intervals. */
import { Button, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { saveCsv } from "@/shared/charts/csv";
import { decimal, whole } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";

const STATISTICS = ["alpha", "icc_single", "icc_average"] as const;
type Agreement = Schemas["Figures"]["agreement"];

export function AgreementTable({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation(["versions", "shared"]);
  return (
    <>
      <Scroll>
        <Table miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("changes.modality")}</Table.Th>
              <Table.Th ta="right">{t("figures.annotators")}</Table.Th>
              <Table.Th ta="right">{t("figures.rated")}</Table.Th>
              {STATISTICS.map((one) => (
                <Table.Th key={one} ta="right">
                  {t(`figures.${one}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {MODALITIES.map((modality) => (
              <Table.Tr key={modality}>
                <Table.Td>
                  <ModalityMark modality={modality} />
                </Table.Td>
                <Table.Td ta="right">{whole(agreement[modality]?.annotators)}</Table.Td>
                <Table.Td ta="right">{whole(agreement[modality]?.clips)}</Table.Td>
                {STATISTICS.map((one) => (
                  <Table.Td key={one} ta="right">
                    {withInterval(agreement[modality]?.[one])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Button mt="xs" size="compact-sm" variant="default" onClick={() => save(agreement)}>
        {t("shared:action.download")} CSV
      </Button>
    </>
  );
}

function withInterval(found: Schemas["Interval"] | null | undefined): string {
  if (!found) return "–";
  return `${decimal(found.value)} (${decimal(found.low)} … ${decimal(found.high)})`;
}

function save(agreement: Agreement) {
  const rows = MODALITIES.flatMap((modality) =>
    STATISTICS.map((one) => {
      const found = agreement[modality]?.[one];
      return [modality, one, found?.value, found?.low, found?.high, agreement[modality]?.clips];
    }),
  );
  saveCsv("agreement", ["modality", "statistic", "value", "low", "high", "clips"], rows);
}
