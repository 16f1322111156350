/** Annotators of one stage as points: how far they sit from the others, and how well they go along with them. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Portrait } from "./hooks";

/** Biases beyond a point of the scale are rare; the axis grows for them and is the same in every stage. */
export function reachOf(portraits: readonly Portrait[]): number {
  const widest = Math.max(...portraits.map((one) => Math.abs(one.bias ?? 0)), 0);
  return Math.max(1, Math.ceil(widest * 2) / 2);
}

export interface BiasWords {
  bias: string;
  correlation: string;
}

export function biasOption(
  portraits: readonly Portrait[],
  modality: Modality,
  reach: number,
  ink: Ink,
  words: BiasWords,
): EChartsOption {
  const label = { color: ink.quiet, fontSize: 12 };
  return {
    ...basis(ink),
    grid: { left: 28, right: 20, top: 12, bottom: 24, containLabel: true },
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    xAxis: axis(ink, {
      type: "value",
      name: words.bias,
      nameLocation: "middle",
      nameGap: 26,
      min: -reach,
      max: reach,
      axisLabel: { ...label, formatter: (value: number) => signed(value) },
    }),
    yAxis: axis(ink, {
      type: "value",
      name: words.correlation,
      nameLocation: "middle",
      nameGap: 32,
      min: (extent) => Math.min(0, Math.floor(extent.min * 5) / 5),
      max: 1,
      axisLabel: { ...label, formatter: (value: number) => value.toFixed(1) },
    }),
    series: {
      type: "scatter",
      data: pointsOf(portraits).map((one) => ({ name: one.pseudonym, value: [one.bias, one.correlation] })),
      symbolSize: 9,
      itemStyle: { color: ink.modality[modality] },
      label: { show: true, formatter: "{b}", position: "top", color: ink.text, fontSize: 12 },
      labelLayout: { hideOverlap: true },
      tooltip: { formatter: (point) => card(point, words) },
    },
  };
}

function card(point: unknown, words: BiasWords): string {
  const { name, value } = point as { name: string; value: [number, number] };
  return `${name}<br>${words.bias} ${signed(value[0], 2)}<br>${words.correlation} ${value[1].toFixed(2)}`;
}

/** Those of whom both figures are known. */
export function pointsOf(portraits: readonly Portrait[]): Portrait[] {
  return portraits.filter((one) => one.bias !== null && one.correlation !== null);
}

export function biasNumbers(portraits: readonly Portrait[]): Numbers {
  return {
    header: ["annotator", "bias", "correlation", "spread", "answers"],
    rows: portraits.map((one) => [one.pseudonym, one.bias, one.correlation, one.spread, one.answers]),
  };
}
