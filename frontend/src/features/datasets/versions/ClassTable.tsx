/** Clips by split and class, laid out as the paper's Table 1. */
import { Button, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { saveCsv } from "@/shared/charts/csv";
import { whole } from "@/shared/format";
import { Scroll } from "@/shared/parts/Scroll";
import { CLASS_COLOURS, CLASSES } from "@/shared/vocabulary/scale";

type Rows = Statistics["table1"];

const SPLITS: readonly string[] = ["train", "valid", "test"];

/** All rows, but for the splits of clips that are in none yet, as those of a campaign. */
function told(rows: Rows): Rows {
  const wereSplit = rows.some(({ split, total }) => SPLITS.includes(split) && total > 0);
  return wereSplit ? rows : rows.filter(({ split }) => !SPLITS.includes(split));
}

export function ClassTable({ rows: all }: { rows: Rows }) {
  const rows = told(all);
  const { t } = useTranslation(["datasets", "shared"]);
  const name = (split: string) => {
    if (split === "all") return t("version.all");
    if (split === "train" || split === "valid" || split === "test") return t(`shared:split.${split}`);
    return t("shared:split.none");
  };
  return (
    <>
      <Scroll>
        <Table horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("version.split")}</Table.Th>
              <Table.Th ta="right">{t("version.total")}</Table.Th>
              {CLASSES.map((one) => (
                <Table.Th
                  key={one}
                  ta="right"
                  title={t(`shared:class.${one}`)}
                  style={{ boxShadow: `inset 0 -3px ${CLASS_COLOURS[one]}` }}
                >
                  {one}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.split} fw={row.split === "all" ? 600 : undefined}>
                <Table.Td>{name(row.split)}</Table.Td>
                <Table.Td ta="right">{whole(row.total)}</Table.Td>
                {CLASSES.map((one) => (
                  <Table.Td key={one} ta="right">
                    {whole(row[one])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Button mt="xs" size="compact-sm" variant="default" onClick={() => save(rows)}>
        {t("shared:action.download")} CSV
      </Button>
    </>
  );
}

function save(rows: Rows) {
  saveCsv(
    "table1",
    ["split", "total", ...CLASSES],
    rows.map((row) => [row.split, row.total, ...CLASSES.map((one) => row[one])]),
  );
}
