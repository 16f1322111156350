/** Bars cut into the five classes, one bar a row. */
import type { EChartsOption } from "echarts";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { percent } from "@/shared/format";
import { CLASS_COLOURS, CLASSES, inkOn } from "@/shared/vocabulary/scale";

export interface ClassRow {
  name: string;
  /** Clips of each class, in the order of CLASSES. */
  counts: readonly number[];
  total: number;
}

interface Lengths {
  /** How long the part of a class is. */
  length: (clips: number, row: ClassRow) => number;
  /** Length from which a part is wide enough for the name of its class. */
  namedFrom: number;
  scale: Record<string, unknown>;
}

export function classBars(
  rows: readonly ClassRow[],
  { length, namedFrom, scale }: Lengths,
  ink: Ink,
): EChartsOption {
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    grid: { left: 92, right: 24, top: 4, bottom: 24, outerBoundsMode: "none" },
    xAxis: axis(ink, { type: "value", ...scale }),
    yAxis: axis(ink, { type: "category", inverse: true, data: rows.map((row) => row.name) }),
    series: CLASSES.map((one, place) => ({
      name: one,
      type: "bar",
      stack: "classes",
      barWidth: 22,
      itemStyle: { color: CLASS_COLOURS[one], borderColor: ink.paper, borderWidth: 1 },
      label: {
        show: true,
        color: inkOn(CLASS_COLOURS[one]),
        formatter: ({ value }) => (Number(value) >= namedFrom ? one : ""),
      },
      data: rows.map((row) => length(row.counts[place] ?? 0, row)),
      tooltip: {
        formatter: (at) => {
          const row = rows[(at as { dataIndex: number }).dataIndex] as ClassRow;
          const clips = row.counts[place] ?? 0;
          return `${row.name}, ${one}: ${clips} (${percent(clips / Math.max(1, row.total))} %)`;
        },
      },
    })),
  };
}
