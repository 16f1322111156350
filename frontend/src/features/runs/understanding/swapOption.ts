/** What the donors' labels do to the prediction for the same words: voice and face together, and each alone. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Swapped, Swaps } from "./hooks";

export const LENT = ["both", "voice", "face"] as const;
export type Lent = (typeof LENT)[number];

/** Whose colour and icon stands for what is lent. */
export const LENDS = { both: "multimodal", voice: "audio", face: "vision" } as const;

export interface SwapWords {
  donor: string;
  prediction: string;
  recorded: string;
}

/** Donors with a label of the task, from the most negative to the most positive. */
export function byLabel(swaps: Swaps, task: Modality): Swapped[] {
  const labelled = swaps.swapped.filter((each) => each.donor.label[task] !== null);
  return labelled.sort((one, other) => (one.donor.label[task] ?? 0) - (other.donor.label[task] ?? 0));
}

export function swapOption(
  swaps: Swaps,
  task: Modality,
  lent: Lent,
  ink: Ink,
  words: SwapWords,
): EChartsOption {
  const scale = { type: "value", min: -1, max: 1, interval: 0.5, nameLocation: "middle" } as const;
  const label = { color: ink.quiet, fontSize: 12, formatter: (value: number) => signed(value) };
  const colour = ink.modality[LENDS[lent]];
  const own = swaps.own[task];
  return {
    ...basis(ink),
    grid: { left: 28, right: 16, top: 8, bottom: 20, containLabel: true },
    tooltip: { ...basis(ink).tooltip, trigger: "axis", valueFormatter: (value) => signed(Number(value), 2) },
    xAxis: axis(ink, { ...scale, name: words.donor, nameGap: 26, axisLabel: label }),
    yAxis: axis(ink, { ...scale, name: words.prediction, nameGap: 40, axisLabel: label }),
    series: {
      type: "line",
      symbol: "circle",
      symbolSize: 9,
      lineStyle: { width: 2, color: colour },
      itemStyle: { color: colour },
      data: byLabel(swaps, task).map((each) => [each.donor.label[task], each[lent][task]]),
      ...(own === undefined ? {} : { markLine: recorded(own, ink, words.recorded) }),
    },
  };
}

function recorded(value: number, ink: Ink, name: string) {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: ink.quiet, type: "dashed" as const, width: 1 },
    label: { formatter: name, position: "insideEndTop" as const, color: ink.quiet },
    data: [{ yAxis: value }],
  };
}

export function swapNumbers(swaps: Swaps, task: Modality): Numbers {
  return {
    header: ["words", "donor", "donor_label", "as_recorded", ...LENT],
    rows: swaps.swapped.map((each) => [
      swaps.words.clip,
      each.donor.clip,
      each.donor.label[task],
      swaps.own[task] ?? null,
      ...LENT.map((lent) => each[lent][task] ?? null),
    ]),
  };
}
