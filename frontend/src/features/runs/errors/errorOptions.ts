/** Charts of a run's errors: classes confused, and the mean error of groups of clips. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { decimal, percent, signed } from "@/shared/format";
import type { ErrorAnalysis, ErrorGroup } from "../hooks";

export interface ConfusionWords {
  truth: string;
  predicted: string;
  /** "12 clips, 30 % of its class" */
  cell: (clips: number, share: string) => string;
}

/** Cells of the confusion: [predicted place, true place, share of the true class, clips]. */
export function cellsOf(confusion: ErrorAnalysis["confusion"]): [number, number, number, number][] {
  return confusion.flatMap((row, truth) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted): [number, number, number, number] => [
      predicted,
      truth,
      all ? count / all : 0,
      count,
    ]);
  });
}

export function confusionOption(found: ErrorAnalysis, ink: Ink, words: ConfusionWords): EChartsOption {
  const side = {
    type: "category",
    data: found.classes,
    nameLocation: "middle",
    splitLine: { show: false },
    axisLabel: { color: ink.quiet, fontSize: 11, interval: 0 },
  } as const;
  const cells = cellsOf(found.confusion);
  return {
    ...basis(ink),
    grid: { left: 24, right: 8, top: 8, bottom: 24, containLabel: true },
    tooltip: {
      ...basis(ink).tooltip,
      trigger: "item",
      formatter: (at) => {
        const [predicted, truth, share, clips] = cells[(at as { dataIndex: number }).dataIndex] ?? [
          0, 0, 0, 0,
        ];
        return `${found.classes[truth]} → ${found.classes[predicted]}<br>${words.cell(clips, percent(share, 0))}`;
      },
    },
    xAxis: axis(ink, { ...side, name: words.predicted, nameGap: 26 }),
    yAxis: axis(ink, { ...side, name: words.truth, nameGap: 48, inverse: true }),
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [ink.paper, ink.accent] } },
    series: {
      type: "heatmap",
      data: cells,
      itemStyle: { borderColor: ink.line, borderWidth: 1 },
      label: {
        show: true,
        // In the middle of the scale both inks read; towards its end only the paper's does.
        formatter: (at) => {
          const [, , share = 0, clips = 0] = at.data as number[];
          return clips ? `{${share > 0.5 ? "strong" : "faint"}|${clips}}` : "";
        },
        rich: { strong: { color: "#fff" }, faint: { color: ink.text } },
      },
    },
  };
}

export function confusionNumbers(found: ErrorAnalysis): Numbers {
  return {
    header: ["label", ...found.classes],
    rows: found.confusion.map((row, place) => [found.classes[place], ...row]),
  };
}

export interface GroupWords {
  mae: string;
  bias: string;
  clips: string;
}

/** What a group's clips have in common: a name, one value, or a stretch of values. */
export function groupName({ name, low, high }: ErrorGroup, digits: number): string {
  if (low === null || high === null) return name;
  return low === high ? decimal(low, digits) : `${decimal(low, digits)} – ${decimal(high, digits)}`;
}

/** Names of scenarios are as long as a manifest makes them; the bars keep their room. */
function shortened(name: string): string {
  return name.length > 16 ? `${name.slice(0, 15)}…` : name;
}

export function groupOption(
  groups: readonly ErrorGroup[],
  nameOf: (group: ErrorGroup) => string,
  ink: Ink,
  words: GroupWords,
): EChartsOption {
  return {
    ...basis(ink),
    grid: { left: 24, right: 44, top: 4, bottom: 4, containLabel: true },
    tooltip: {
      ...basis(ink).tooltip,
      trigger: "item",
      renderMode: "richText",
      formatter: (at) => card(groups[(at as { dataIndex: number }).dataIndex], nameOf, words),
    },
    xAxis: axis(ink, { type: "value", min: 0, splitNumber: 3 }),
    yAxis: axis(ink, {
      type: "category",
      inverse: true,
      data: groups.map((group) => `${shortened(nameOf(group))} (${group.clips})`),
      axisLabel: { color: ink.text, fontSize: 12 },
    }),
    series: {
      type: "bar",
      data: groups.map((group) => group.mae),
      barMaxWidth: 18,
      itemStyle: { color: ink.accent, opacity: 0.8 },
      label: {
        show: true,
        position: "right",
        color: ink.text,
        formatter: (at) => decimal(at.value as number, 2),
      },
    },
  };
}

/** Drawn as text, not as HTML: names of scenarios come from manifests. */
function card(
  group: ErrorGroup | undefined,
  nameOf: (group: ErrorGroup) => string,
  words: GroupWords,
): string {
  if (!group) return "";
  return [
    nameOf(group),
    `${words.mae} ${decimal(group.mae)}`,
    `${words.bias} ${signed(group.bias, 3)}`,
    `${words.clips} ${group.clips}`,
  ].join("\n");
}

export function groupNumbers(groups: readonly ErrorGroup[]): Numbers {
  return {
    header: ["name", "low", "high", "clips", "mae", "bias"],
    rows: groups.map(({ name, low, high, clips, mae, bias }) => [name, low, high, clips, mae, bias]),
  };
}
