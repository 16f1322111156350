/** Charts of a sweep: trials as lines over the settings they took, and how much each setting mattered. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { decimal, percent } from "@/shared/format";
import type { Dimension, SweepDetail, Trial } from "./hooks";

/** Pixels that a letter of a name takes at most. */
const LETTER = 7;
const LOGARITHMIC: readonly string[] = ["loguniform", "loginteger"];

/** Trials that came to a value, in the order of their numbers. */
export const finishedOf = (trials: readonly Trial[]) => trials.filter((trial) => trial.value !== null);

/** From better to worse, so that the best lines are drawn last and on top. */
export function rankedOf(sweep: SweepDetail): Trial[] {
  const sign = sweep.objective === "corr" ? -1 : 1;
  return [...finishedOf(sweep.trials)].sort((one, other) => sign * ((other.value ?? 0) - (one.value ?? 0)));
}

export function parallelOption(sweep: SweepDetail, objective: string, ink: Ink): EChartsOption {
  const ranked = rankedOf(sweep);
  const values = ranked.map((trial) => trial.value ?? 0);
  const settings = sweep.space.map(({ setting }) => setting);
  const upwards = sweep.objective === "corr";
  return {
    ...basis(ink),
    parallel: { left: 56, right: 64, top: 40, bottom: 20 },
    parallelAxis: [
      ...sweep.space.map((dimension, dim) => ({ dim, ...settingAxis(dimension, ink, dim) })),
      {
        dim: settings.length,
        ...plainAxis(objective, ink, settings.length),
        scale: true,
        inverse: !upwards,
        nameLocation: upwards ? "end" : "start",
      },
    ],
    visualMap: {
      show: false,
      dimension: settings.length,
      min: Math.min(...values),
      max: Math.max(...values, Math.min(...values) + 1e-9),
      inRange: { color: upwards ? [ink.line, ink.accent] : [ink.accent, ink.line] },
    },
    tooltip: { ...basis(ink).tooltip, trigger: "item" },
    series: {
      type: "parallel",
      lineStyle: { width: 2, opacity: 0.8 },
      emphasis: { lineStyle: { width: 4, opacity: 1 } },
      tooltip: {
        formatter: (at) => {
          const trial = ranked[(at as { dataIndex: number }).dataIndex];
          return trial
            ? `<b>${trial.number + 1}: ${objective} ${decimal(trial.value, 4)}</b><br>${takenBy(trial)}`
            : "";
        },
      },
      data: ranked.map((trial) => [
        ...sweep.space.map((dimension) => placeOn(dimension, trial.parameters[dimension.setting])),
        trial.value ?? 0,
      ]),
    },
  };
}

/** Where a value stands on its axis: that of a choice goes by words. */
function placeOn(dimension: Dimension, value: number | boolean | undefined): number | string {
  return dimension.kind === "choice" || typeof value !== "number" ? String(value) : value;
}

const takenBy = (trial: Trial) =>
  Object.entries(trial.parameters)
    .map(([name, value]) => `${name} ${shortly(value)}`)
    .join("<br>");

/** A value in at most three digits. */
export const shortly = (value: number | boolean) =>
  typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);

function settingAxis(dimension: Dimension, ink: Ink, dim: number) {
  const common = plainAxis(dimension.setting, ink, dim);
  if (dimension.kind === "choice")
    return {
      ...common,
      type: "category" as const,
      data: (dimension.choices ?? []).map((one) => String(one)),
    };
  return {
    ...common,
    type: LOGARITHMIC.includes(dimension.kind) ? ("log" as const) : ("value" as const),
    min: dimension.low,
    max: dimension.high,
  };
}

/** Names stand in two rows by turns, because neighbours are wider than the gap between their axes. */
function plainAxis(name: string, ink: Ink, dim: number) {
  return {
    name,
    nameGap: dim % 2 ? 24 : 10,
    nameTextStyle: { color: ink.text, fontSize: 11 },
    axisLabel: { color: ink.quiet, fontSize: 11, formatter: (value: number | string) => labelOf(value) },
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
  };
}

const labelOf = (value: number | string) => (typeof value === "number" ? shortly(value) : value);

export function importanceOption(importance: Record<string, number>, ink: Ink): EChartsOption {
  const ordered = Object.entries(importance).reverse();
  return {
    ...basis(ink),
    grid: {
      left: 16 + LETTER * Math.max(...ordered.map(([name]) => name.length)),
      right: 48,
      top: 4,
      bottom: 4,
    },
    xAxis: axis(ink, { type: "value", min: 0, axisLabel: { show: false }, splitLine: { show: false } }),
    yAxis: axis(ink, { type: "category", data: ordered.map(([name]) => name), splitLine: { show: false } }),
    series: {
      type: "bar",
      barMaxWidth: 18,
      itemStyle: { color: ink.accent },
      data: ordered.map(([, share]) => share),
      label: {
        show: true,
        position: "right",
        color: ink.text,
        formatter: (at) => `${percent(Number(at.value), 0)} %`,
      },
    },
  };
}

export function trialNumbers(sweep: SweepDetail): Numbers {
  const settings = sweep.space.map(({ setting }) => setting);
  return {
    header: ["trial", "state", ...settings, sweep.objective],
    rows: sweep.trials.map((trial) => [
      trial.number + 1,
      trial.state,
      ...settings.map((name) => String(trial.parameters[name] ?? "")),
      trial.value,
    ]),
  };
}
