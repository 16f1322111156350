/** Shares of the five classes in each modality. */
import type { EChartsOption } from "echarts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { axis, basis, type Ink, useInk } from "@/shared/charts/theme";
import { percent } from "@/shared/format";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { CLASS_COLOURS, CLASSES, inkOn } from "@/shared/vocabulary/scale";
import type { Figures } from "./hooks";

/** Share of clips from which a segment is wide enough for the name of its class. */
const NAMED_FROM = 9;

interface ClassRow {
  name: string;
  counts: number[];
  total: number;
}

export function ClassChart({ classes }: { classes: Figures["classes"] }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const ink = useInk();
  const rows = useMemo<ClassRow[]>(
    () =>
      MODALITIES.map((modality) => {
        const counts = CLASSES.map((one) => classes[modality][one] ?? 0);
        const total = counts.reduce((sum, one) => sum + one, 0);
        return { name: t(`shared:modality.${modality}`), counts, total };
      }),
    [classes, t],
  );
  const option = useMemo(() => stackedShares(rows, ink), [rows, ink]);
  const numbers = () => ({
    header: ["modality", ...CLASSES],
    rows: rows.map((row, place) => [MODALITIES[place], ...row.counts]),
  });
  return (
    <Figure title={t("version.classes")} name="classes" option={option} numbers={numbers} height={190} />
  );
}

function stackedShares(rows: readonly ClassRow[], ink: Ink): EChartsOption {
  const share = (row: ClassRow, place: number) => (100 * (row.counts[place] ?? 0)) / Math.max(1, row.total);
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    grid: { left: 92, right: 24, top: 4, bottom: 24, outerBoundsMode: "none" },
    xAxis: axis(ink, {
      type: "value",
      min: 0,
      max: 100,
      axisLabel: { color: ink.quiet, formatter: "{value} %" },
    }),
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
        formatter: ({ value }) => (Number(value) >= NAMED_FROM ? one : ""),
      },
      data: rows.map((row) => share(row, place)),
      tooltip: {
        formatter: (at) => {
          const { dataIndex } = at as { dataIndex: number };
          const row = rows[dataIndex] as ClassRow;
          return `${row.name}, ${one}: ${row.counts[place]} (${percent(share(row, place) / 100)} %)`;
        },
      },
    })),
  };
}
