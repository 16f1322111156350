/** The one look of all charts, taken from the colours of the page. */
import { useComputedColorScheme } from "@mantine/core";
import type { EChartsOption, XAXisComponentOption, YAXisComponentOption } from "echarts";
import { useMemo } from "react";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";

export interface Ink {
  text: string;
  quiet: string;
  line: string;
  paper: string;
  accent: string;
  modality: Record<Modality, string>;
}

/** The colours of the page as plain values: an SVG that is taken away knows no variables. */
export function useInk(): Ink {
  const scheme = useComputedColorScheme("light");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page's colours change with the scheme
  return useMemo(readInk, [scheme]);
}

function readInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const modality = MODALITIES.map((name) => [name, colour(`--modality-${name}`)] as const);
  return {
    text: colour("--mantine-color-text"),
    quiet: colour("--quiet"),
    line: colour("--line"),
    paper: colour("--mantine-color-body"),
    accent: colour("--mantine-primary-color-filled"),
    modality: Object.fromEntries(modality) as Record<Modality, string>,
  };
}

/** What every chart starts from: no movement, quiet ink, a tooltip that looks like the page. */
export function basis(ink: Ink): EChartsOption {
  return {
    animation: false,
    backgroundColor: ink.paper,
    textStyle: { fontFamily: "inherit", fontSize: 12, color: ink.text },
    tooltip: {
      backgroundColor: ink.paper,
      borderColor: ink.line,
      textStyle: { color: ink.text, fontSize: 12 },
      extraCssText: "box-shadow: 0 2px 8px rgb(0 0 0 / 15%); font-variant-numeric: tabular-nums;",
      confine: true,
    },
  };
}

/** An axis in quiet ink with a line at every step. */
export function axis<Axis extends XAXisComponentOption | YAXisComponentOption>(ink: Ink, own: Axis): Axis {
  return {
    nameTextStyle: { color: ink.quiet, fontSize: 12 },
    axisLabel: { color: ink.quiet, fontSize: 12 },
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.line, width: 1 } },
    ...own,
  };
}
