/** How far one rule's labels lie from the paper's: bars by difference, one for each stage. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { percent, signed } from "@/shared/format";
import type { RuleDistance } from "./rulesHooks";

/** Place of a difference of nothing in the counts, which go from −10 to 10 fifths. */
const NOTHING = 10;

export interface DifferenceWords {
  difference: string;
  share: string;
  modality: (modality: RuleDistance["modality"]) => string;
}

/** The largest difference in fifths that any label has; at least one, so that there is an axis. */
export function farthestOf(stages: readonly RuleDistance[]): number {
  const far = stages.flatMap((one) => one.differences.map((count, place) => (count ? place - NOTHING : 0)));
  return Math.max(1, ...far.map(Math.abs));
}

/** The largest share that any bar has, in percent, rounded up to tens. */
export function highestOf(stages: readonly RuleDistance[]): number {
  const shares = stages.flatMap((one) =>
    one.differences.map((count, place) => (place === NOTHING || !one.clips ? 0 : (100 * count) / one.clips)),
  );
  return Math.max(10, Math.ceil(Math.max(...shares) / 10) * 10);
}

/** From the farthest difference down to the farthest up, without nothing in the middle. */
export function stepsTo(reach: number): number[] {
  return Array.from({ length: 2 * reach + 1 }, (_, place) => place - reach).filter((fifths) => fifths !== 0);
}

export function differenceOption(
  stages: readonly RuleDistance[],
  reach: number,
  highest: number,
  ink: Ink,
  words: DifferenceWords,
): EChartsOption {
  const steps = stepsTo(reach);
  return {
    ...basis(ink),
    grid: { left: 26, right: 8, top: 12, bottom: 24, containLabel: true },
    tooltip: { ...basis(ink).tooltip, trigger: "item", formatter: (bar) => card(bar, stages, steps, words) },
    xAxis: axis(ink, {
      type: "category",
      name: words.difference,
      nameLocation: "middle",
      nameGap: 26,
      data: steps.map((fifths) => signed(fifths / 5)),
      splitLine: { show: false },
    }),
    yAxis: axis(ink, {
      type: "value",
      name: words.share,
      nameLocation: "middle",
      nameGap: 30,
      min: 0,
      interval: highest / 2,
      max: highest,
    }),
    series: stages.map((one) => ({
      type: "bar",
      name: words.modality(one.modality),
      data: steps.map((fifths) => shareOf(one, fifths)),
      itemStyle: { color: ink.modality[one.modality] },
      barGap: "10%",
    })),
  };
}

function shareOf(one: RuleDistance, fifths: number): number {
  return one.clips ? (100 * (one.differences[fifths + NOTHING] ?? 0)) / one.clips : 0;
}

function card(
  bar: unknown,
  stages: readonly RuleDistance[],
  steps: readonly number[],
  words: DifferenceWords,
): string {
  const { seriesIndex, dataIndex } = bar as { seriesIndex: number; dataIndex: number };
  const stage = stages[seriesIndex];
  const fifths = steps[dataIndex];
  if (!stage || fifths === undefined) return "";
  const count = stage.differences[fifths + NOTHING] ?? 0;
  return `${words.modality(stage.modality)} ${signed(fifths / 5)}<br>${count} (${percent(count / stage.clips)} %)`;
}

export function differenceNumbers(stages: readonly RuleDistance[]): Numbers {
  return {
    header: ["difference", ...stages.map((one) => one.modality)],
    rows: stepsTo(NOTHING).map((fifths) => [
      fifths / 5,
      ...stages.map((one) => one.differences[fifths + NOTHING]),
    ]),
  };
}
