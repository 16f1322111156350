/** How each annotator's distance from the others changes from the first tenth of a stage to the last. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Portrait } from "./hooks";

export interface DriftWords {
  part: string;
  distance: string;
}

/** Those of one stage who answered enough in the browser to tell. */
export function wanderersOf(portraits: readonly Portrait[], modality: Modality): Portrait[] {
  return portraits.filter((one) => one.modality === modality && one.drift !== null);
}

/** One ink for all; only who certainly wanders is drawn in the stage's own colour and named at the line. */
export function driftOption(
  wanderers: readonly Portrait[],
  modality: Modality,
  ink: Ink,
  words: DriftWords,
): EChartsOption {
  return {
    ...basis(ink),
    grid: { left: 28, right: 36, top: 12, bottom: 24, containLabel: true },
    tooltip: {
      ...basis(ink).tooltip,
      trigger: "axis",
      valueFormatter: (value) => (typeof value === "number" ? signed(value, 2) : "–"),
    },
    xAxis: axis(ink, {
      type: "category",
      name: words.part,
      nameLocation: "middle",
      nameGap: 26,
      boundaryGap: false,
      data: (wanderers[0]?.drift?.windows ?? []).map((_, place) => String(place + 1)),
    }),
    yAxis: axis(ink, {
      type: "value",
      name: words.distance,
      nameLocation: "middle",
      nameGap: 44,
      axisLabel: { color: ink.quiet, fontSize: 12, formatter: (value: number) => signed(value) },
    }),
    series: wanderers.map((one) => {
      const certain = isCertain(one);
      return {
        type: "line" as const,
        name: one.pseudonym,
        data: one.drift?.windows,
        color: certain ? ink.modality[modality] : ink.quiet,
        lineStyle: { width: certain ? 2.5 : 1, opacity: certain ? 1 : 0.6 },
        showSymbol: false,
        endLabel: { show: certain, formatter: one.pseudonym, color: ink.text },
        z: certain ? 3 : 2,
      };
    }),
  };
}

/** Whether the interval of the change leaves out zero. */
export function isCertain(one: Portrait): boolean {
  const change = one.drift?.change;
  return change !== undefined && (change.low > 0 || change.high < 0);
}

export function driftNumbers(wanderers: readonly Portrait[]): Numbers {
  const parts = wanderers[0]?.drift?.windows.map((_, place) => `tenth ${place + 1}`) ?? [];
  return {
    header: ["annotator", ...parts],
    rows: wanderers.map((one) => [one.pseudonym, ...(one.drift?.windows ?? [])]),
  };
}
