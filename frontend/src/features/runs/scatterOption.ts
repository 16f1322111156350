/** Predicted against true in one modality: the same axes −1 … 1 everywhere, and the line where both are equal. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Scatter } from "./hooks";

export interface Point {
  clip: string;
  truth: number;
  prediction: number;
}

/** The clips that have a label in this modality. */
export function pointsOf(scatter: Scatter, modality: Modality): Point[] {
  const { prediction, truth } = scatter[modality] ?? { prediction: [], truth: [] };
  return scatter.clips.flatMap((clip, place) => {
    const [true_, predicted] = [truth[place], prediction[place]];
    return true_ == null || predicted === undefined ? [] : [{ clip, truth: true_, prediction: predicted }];
  });
}

export interface ScatterWords {
  truth: string;
  prediction: string;
}

export function scatterOption(
  points: readonly Point[],
  modality: Modality,
  ink: Ink,
  words: ScatterWords,
): EChartsOption {
  const scale = { type: "value", min: -1, max: 1, interval: 0.5, nameLocation: "middle" } as const;
  const label = { color: ink.quiet, fontSize: 12, formatter: (value: number) => signed(value) };
  return {
    ...basis(ink),
    grid: { left: 28, right: 16, top: 8, bottom: 20, containLabel: true },
    tooltip: { ...basis(ink).tooltip, trigger: "item", formatter: (at) => card(points, at, words) },
    xAxis: axis(ink, { ...scale, name: words.truth, nameGap: 26, axisLabel: label }),
    yAxis: axis(ink, { ...scale, name: words.prediction, nameGap: 40, axisLabel: label }),
    series: {
      type: "scatter",
      data: points.map((point) => [point.truth, point.prediction]),
      symbolSize: 9,
      itemStyle: { color: ink.modality[modality], opacity: 0.6 },
      emphasis: { itemStyle: { opacity: 1, borderColor: ink.text, borderWidth: 1 } },
      markLine: {
        silent: true,
        symbol: "none",
        lineStyle: { color: ink.quiet, type: "dashed", width: 1 },
        data: [[{ coord: [-1, -1] }, { coord: [1, 1] }]],
      },
    },
  };
}

/** The clip under the pointer: its picture and both values. Ids of clips are UUIDs, so nothing needs escaping. */
function card(points: readonly Point[], at: unknown, words: ScatterWords): string {
  const point = points[(at as { dataIndex: number }).dataIndex];
  if (!point) return "";
  const picture = `<img src="/api/clips/${point.clip}/thumbnail/" alt="" width="128" height="72" style="object-fit: cover">`;
  return `${picture}<br>${words.truth} ${signed(point.truth)}<br>${words.prediction} ${signed(point.prediction, 2)}`;
}

export function scatterNumbers(points: readonly Point[]): Numbers {
  return {
    header: ["clip", "label", "prediction"],
    rows: points.map((point) => [point.clip, point.truth, point.prediction]),
  };
}
