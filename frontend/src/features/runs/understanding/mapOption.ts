/** A map of one modality's representations: near points are clips that the model sees alike; colours are labels. */
import type { EChartsOption } from "echarts";
import type { Numbers } from "@/shared/charts/Figure";
import { basis, type Ink } from "@/shared/charts/theme";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import { labelColour } from "@/shared/vocabulary/scale";
import type { RepresentationMap } from "./hooks";

export const MAPPED = ["text", "audio", "vision"] as const;
export type Mapped = (typeof MAPPED)[number];

export interface MapPoint {
  clip: string;
  split: string;
  x: number;
  y: number;
  label: number | null;
}

/** The points of a modality with the label of `task`, in the map's order. */
export function pointsOf(map: RepresentationMap, modality: Mapped, task: Modality): MapPoint[] {
  return (map.points[modality] ?? []).flatMap(([x, y], place) => {
    const clip = map.clips[place];
    return clip && x !== undefined && y !== undefined
      ? [{ clip: clip.clip, split: clip.split ?? "", x, y, label: clip.label[task] }]
      : [];
  });
}

export interface MapWords {
  label: string;
  none: string;
  split: (split: string) => string;
}

export function mapOption(points: readonly MapPoint[], ink: Ink, words: MapWords): EChartsOption {
  const side = { type: "value", min: -1.08, max: 1.08, show: false } as const;
  return {
    ...basis(ink),
    grid: { left: 4, right: 4, top: 4, bottom: 4, show: true, borderColor: ink.line, borderWidth: 1 },
    tooltip: { ...basis(ink).tooltip, trigger: "item", formatter: (at) => card(points, at, words) },
    xAxis: side,
    yAxis: side,
    series: {
      type: "scatter",
      symbolSize: points.length > 400 ? 5 : 8,
      data: points.map(({ x, y, label }) => ({
        value: [x, y],
        itemStyle: {
          color: label === null ? ink.quiet : labelColour(label),
          borderColor: ink.quiet,
          borderWidth: 0.5,
        },
      })),
      emphasis: { itemStyle: { borderColor: ink.text, borderWidth: 1.5 } },
    },
  };
}

/** The clip under the pointer. Ids of clips are UUIDs, so nothing needs escaping. */
function card(points: readonly MapPoint[], at: unknown, words: MapWords): string {
  const point = points[(at as { dataIndex: number }).dataIndex];
  if (!point) return "";
  const picture = `<img src="/api/clips/${point.clip}/thumbnail/" alt="" width="128" height="72" style="object-fit: cover">`;
  const label = point.label === null ? words.none : signed(point.label);
  return `${picture}<br>${words.label} ${label}<br>${words.split(point.split)}`;
}

export function mapNumbers(points: readonly MapPoint[]): Numbers {
  return {
    header: ["clip", "split", "x", "y", "label"],
    rows: points.map((point) => [point.clip, point.split, point.x, point.y, point.label]),
  };
}
