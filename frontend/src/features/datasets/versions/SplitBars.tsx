/** How the supervised clips fall to the three splits, and each split to the five classes. */
import type { EChartsOption } from "echarts";
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { Figure } from "@/shared/charts/Figure";
import { axis, basis, type Ink, useInk } from "@/shared/charts/theme";
import { percent } from "@/shared/format";
import { CLASS_COLOURS, CLASSES, inkOn } from "@/shared/vocabulary/scale";

/** Share of the largest split from which a segment is wide enough for the name of its class. */
const NAMED_FROM = 0.17;

type Row = Statistics["table1"][number];

export function SplitBars({ statistics }: { statistics: Statistics }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const ink = useInk();
  const rows = statistics.table1.filter((row) => row.split in statistics.splits);
  const name = (row: Row) => t(`shared:split.${row.split as "train" | "valid" | "test"}`);
  return (
    <Figure
      title={t("version.splits")}
      name="splits"
      option={splitsOption(rows, name, ink)}
      numbers={() => ({
        header: ["split", "total", ...CLASSES],
        rows: rows.map((row) => [row.split, row.total, ...CLASSES.map((one) => row[one])]),
      })}
      height={60 + 36 * rows.length}
    />
  );
}

function splitsOption(rows: readonly Row[], name: (row: Row) => string, ink: Ink): EChartsOption {
  const largest = Math.max(...rows.map((row) => row.total), 1);
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    grid: { left: 92, right: 24, top: 4, bottom: 24, outerBoundsMode: "none" },
    xAxis: axis(ink, { type: "value", minInterval: 1 }),
    yAxis: axis(ink, { type: "category", inverse: true, data: rows.map(name) }),
    series: CLASSES.map((one) => ({
      name: one,
      type: "bar",
      stack: "classes",
      barWidth: 22,
      itemStyle: { color: CLASS_COLOURS[one], borderColor: ink.paper, borderWidth: 1 },
      label: {
        show: true,
        color: inkOn(CLASS_COLOURS[one]),
        formatter: ({ value }) => (Number(value) >= NAMED_FROM * largest ? one : ""),
      },
      data: rows.map((row) => row[one] ?? 0),
      tooltip: {
        formatter: (at) => {
          const row = rows[(at as { dataIndex: number }).dataIndex] as Row;
          const clips = row[one] ?? 0;
          return `${name(row)}, ${one}: ${clips} (${percent(clips / Math.max(1, row.total))} %)`;
        },
      },
    })),
  };
}
