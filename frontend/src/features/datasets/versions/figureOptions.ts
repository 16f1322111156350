/** What the chart library is told to draw for each figure of a dataset. */
import type { EChartsOption } from "echarts";
import type { Schemas } from "@/api/client";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { decimal, signed, whole } from "@/shared/format";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { inkOn, labelColour } from "@/shared/vocabulary/scale";

export const AMOUNTS = ["clips", "minutes", "words"] as const;
export type Amount = (typeof AMOUNTS)[number];
/** The eleven values that a label can have. */
export const GRID = Array.from({ length: 11 }, (_, place) => (place - 5) / 5);

interface Words {
  supervised: string;
  unsupervised: string;
  nameless: string;
  seconds: string;
}

export function amountOf(part: Schemas["Amount"], amount: Amount): number {
  return amount === "minutes" ? Math.round(part.milliseconds / 600) / 100 : part[amount];
}

/** Two bars a scenario, one over the other: supervised and unsupervised. */
export function scenarioOption(
  rows: readonly Schemas["Scenario"][],
  amount: Amount,
  words: Words,
  ink: Ink,
): EChartsOption {
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "axis", valueFormatter: (value) => whole(Number(value)) },
    grid: { left: 96, right: 16, top: 8, bottom: 28, outerBoundsMode: "none" },
    xAxis: axis(ink, { type: "value", splitNumber: 3 }),
    yAxis: axis(ink, {
      type: "category",
      inverse: true,
      data: rows.map((row) => row.scenario || words.nameless),
      axisLabel: { color: ink.text, width: 84, overflow: "truncate" },
    }),
    series: parts(words, ink).map(({ part, name, color }) => ({
      name,
      type: "bar",
      stack: "amount",
      barWidth: 14,
      itemStyle: { color },
      data: rows.map((row) => amountOf(row[part], amount)),
    })),
  };
}

/** How many clips last how many seconds; the last bar is of all longer ones. */
export function durationOption(
  durations: Schemas["DurationHistograms"],
  words: Words,
  ink: Ink,
): EChartsOption {
  const last = durations.supervised.length - 1;
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "axis" },
    grid: { left: 44, right: 16, top: 12, bottom: 44, outerBoundsMode: "none" },
    xAxis: axis(ink, {
      type: "category",
      name: words.seconds,
      nameLocation: "middle",
      nameGap: 26,
      data: durations.supervised.map((_, second) => (second === last ? `${second}+` : String(second))),
    }),
    yAxis: axis(ink, { type: "value", splitNumber: 3, minInterval: 1 }),
    series: parts(words, ink).map(({ part, name, color }) => ({
      name,
      type: "bar",
      stack: "clips",
      barCategoryGap: "12%",
      itemStyle: { color },
      data: durations[part],
    })),
  };
}

function parts(words: Words, ink: Ink) {
  return [
    { part: "supervised", name: words.supervised, color: ink.accent },
    { part: "unsupervised", name: words.unsupervised, color: ink.quiet },
  ] as const;
}

/** Clips on each of the eleven values, in the colours of the scale; all modalities to one height. */
export function gridOption(counts: readonly number[], largest: number, ink: Ink): EChartsOption {
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "axis" },
    grid: { left: 44, right: 8, top: 12, bottom: 24, outerBoundsMode: "none" },
    xAxis: axis(ink, {
      type: "category",
      data: GRID.map((value) => signed(value)),
      axisLabel: { color: ink.quiet, interval: 4 },
    }),
    yAxis: axis(ink, {
      type: "value",
      splitNumber: 2,
      minInterval: 1,
      max: largest,
      axisLabel: { color: ink.quiet, fontSize: 12, showMaxLabel: false },
    }),
    series: [
      {
        type: "bar",
        barCategoryGap: "10%",
        data: counts.map((value, place) => ({
          value,
          itemStyle: { color: labelColour(GRID[place] as number) },
        })),
      },
    ],
  };
}

/** Every pair of modalities as a square, darker where they lie farther apart (on the scale's 0 … 1). */
export function discrepancyOption(
  pairs: readonly Schemas["Discrepancy"][],
  name: (modality: string) => string,
  ink: Ink,
): EChartsOption {
  const place = (modality = "") => (MODALITIES as readonly string[]).indexOf(modality);
  const farthest = Math.max(0.01, ...pairs.map((pair) => pair.mean ?? 0));
  const shade = (mean: number) => labelColour(mean / farthest);
  const cells = pairs.flatMap(({ modalities: [one, other], mean }) =>
    mean === null
      ? []
      : [
          [place(one), place(other), mean],
          [place(other), place(one), mean],
        ],
  );
  const names = MODALITIES.map(name);
  return {
    ...basis(ink),
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    grid: { left: 92, right: 16, top: 8, bottom: 28, outerBoundsMode: "none" },
    xAxis: axis(ink, { type: "category", data: names, splitLine: { show: false } }),
    yAxis: axis(ink, { type: "category", inverse: true, data: names }),
    series: [
      {
        type: "scatter",
        symbol: "rect",
        symbolSize: [62, 44],
        data: cells.map((value) => ({
          value,
          itemStyle: { color: shade(value[2] as number) },
          label: {
            show: true,
            color: inkOn(shade(value[2] as number)),
            formatter: decimal(value[2], 2),
          },
          tooltip: {
            formatter: `${names[value[1] as number]} – ${names[value[0] as number]}: ${decimal(value[2])}`,
          },
        })),
      },
    ],
  };
}
