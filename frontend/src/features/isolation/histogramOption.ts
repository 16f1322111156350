/** How a figure is spread over the clips of a campaign: bars, and a dashed line at the threshold. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { decimal } from "@/shared/format";
import type { FigureFacts } from "./hooks";

export interface HistogramWords {
  clips: string;
  threshold: string;
}

/** From the least of values and threshold to the greatest, so that the line is always seen, and a little beyond. */
export function reach(figure: FigureFacts): [number, number] {
  const ends = [figure.least, figure.most, ...(figure.threshold === null ? [] : [figure.threshold])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = (high - low || 0.1) * 0.05;
  return [low - margin, high + margin];
}

export function histogramOption(figure: FigureFacts, ink: Ink, words: HistogramWords): EChartsOption {
  const [min, max] = reach(figure);
  const bars = figure.counts.map((count, place) => [middle(figure, place), count]);
  return {
    ...basis(ink),
    grid: { left: 8, right: 16, top: 8, bottom: 4, containLabel: true },
    tooltip: { ...basis(ink).tooltip, trigger: "item", formatter: (at) => card(figure, at, words) },
    xAxis: axis(ink, {
      type: "value",
      min,
      max,
      axisLabel: {
        color: ink.quiet,
        fontSize: 12,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => decimal(value, max - min > 5 ? 0 : 2),
      },
      splitLine: { show: false },
    }),
    yAxis: axis(ink, { type: "value", minInterval: 1, splitNumber: 2 }),
    series: {
      type: "bar",
      data: bars,
      barWidth: "96%",
      itemStyle: { color: ink.accent, opacity: 0.8 },
      markLine:
        figure.threshold === null
          ? undefined
          : {
              silent: true,
              symbol: "none",
              label: { show: false },
              lineStyle: { color: ink.text, type: "dashed", width: 1 },
              data: [{ xAxis: figure.threshold }],
            },
    },
  };
}

export function histogramNumbers(figure: FigureFacts): Numbers {
  return {
    header: ["from", "to", "clips"],
    rows: figure.counts.map((count, place) => [
      figure.edges[place] ?? 0,
      figure.edges[place + 1] ?? 0,
      count,
    ]),
  };
}

function middle(figure: FigureFacts, place: number): number {
  return ((figure.edges[place] ?? 0) + (figure.edges[place + 1] ?? 0)) / 2;
}

function card(figure: FigureFacts, at: unknown, words: HistogramWords): string {
  const place = (at as { dataIndex: number }).dataIndex;
  const bin = `${decimal(figure.edges[place], 2)} … ${decimal(figure.edges[place + 1], 2)}`;
  const limit = figure.threshold === null ? "" : `<br>${words.threshold} ${decimal(figure.threshold, 2)}`;
  return `${bin}<br>${words.clips} ${figure.counts[place] ?? 0}${limit}`;
}
