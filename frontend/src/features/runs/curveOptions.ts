/** Curves over the epochs of a run: lines, the best epoch, and the same numbers as a table. */
import type { EChartsOption, LineSeriesOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { isModality } from "@/shared/vocabulary/modality";
import type { Epoch } from "./hooks";

/** A diverging loss grows to millions; the axis keeps its width. */
const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });

export interface Curve {
  name: string;
  colour: string;
  dashed?: boolean;
  valueAt: (epoch: Epoch) => number | null | undefined;
}

export interface CurveWords {
  epoch: string;
  best: string;
}

export function curveOption(
  epochs: readonly Epoch[],
  curves: readonly Curve[],
  ink: Ink,
  words: CurveWords,
): EChartsOption {
  const best = epochs.filter((epoch) => epoch.is_best).at(-1)?.number;
  return {
    ...basis(ink),
    grid: { left: 8, right: 96, top: 20, bottom: 24, containLabel: true },
    tooltip: {
      ...basis(ink).tooltip,
      trigger: "axis",
      valueFormatter: (value) => (typeof value === "number" ? value.toFixed(4) : "–"),
    },
    xAxis: axis(ink, {
      type: "value",
      name: words.epoch,
      nameLocation: "middle",
      nameGap: 24,
      min: 1,
      max: Math.max(2, epochs.length),
      minInterval: 1,
      axisLabel: { color: ink.quiet, fontSize: 12, hideOverlap: true },
      splitLine: { show: false },
    }),
    yAxis: axis(ink, {
      type: "value",
      scale: true,
      axisLabel: { color: ink.quiet, fontSize: 12, formatter: (value: number) => COMPACT.format(value) },
    }),
    series: curves.map((curve, index) => ({
      ...line(curve, epochs, ink),
      ...(index === 0 && best !== undefined ? { markLine: bestLine(best, ink, words) } : {}),
    })),
  };
}

function line(curve: Curve, epochs: readonly Epoch[], ink: Ink): LineSeriesOption {
  return {
    type: "line",
    name: curve.name,
    data: epochs.map((epoch) => [epoch.number, curve.valueAt(epoch) ?? null]),
    color: curve.colour,
    lineStyle: { width: 2, type: curve.dashed ? "dashed" : "solid" },
    symbol: "circle",
    symbolSize: 4,
    showSymbol: epochs.length < 3,
    endLabel: { show: true, formatter: curve.name, color: ink.text, distance: 6, lineHeight: 15 },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

function bestLine(best: number, ink: Ink, words: CurveWords): LineSeriesOption["markLine"] {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: ink.quiet, type: "dotted", width: 1 },
    label: { formatter: `${words.best} ${best}`, color: ink.quiet, position: "end" },
    data: [{ xAxis: best }],
  };
}

export function curveNumbers(epochs: readonly Epoch[], curves: readonly Curve[]): Numbers {
  return {
    header: ["epoch", ...curves.map((curve) => curve.name)],
    rows: epochs.map((epoch) => [epoch.number, ...curves.map((curve) => curve.valueAt(epoch))]),
  };
}

/** Names of the loss terms in a fixed order: each modality's regression, then the mixups; without the total. */
export function termsOf(epochs: readonly Epoch[]): string[] {
  const names = Object.keys(epochs[0]?.losses ?? {}).filter((name) => name !== "total");
  const place = (name: string) => (name.startsWith("regression_") ? 0 : 1);
  return names.sort((one, other) => place(one) - place(other));
}

/** Kind and modality of a term, e.g. "mixup_audio". */
export function partsOf(term: string): { kind: string; modality: string } {
  const cut = term.lastIndexOf("_");
  return { kind: term.slice(0, cut), modality: term.slice(cut + 1) };
}

export function termColour(term: string, ink: Ink): string {
  const { modality } = partsOf(term);
  return isModality(modality) ? ink.modality[modality] : ink.quiet;
}
