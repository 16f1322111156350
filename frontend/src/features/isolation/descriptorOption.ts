/** How well each eGeMAPS descriptor survives, best kept on top. */
import type { EChartsOption } from "echarts";
import type { Schemas } from "@/api/client";
import type { Numbers } from "@/shared/charts/Figure";
import { axis, basis, type Ink } from "@/shared/charts/theme";
import { decimal } from "@/shared/format";

type Descriptor = Schemas["Descriptor"];

export function descriptorOption(descriptors: readonly Descriptor[], ink: Ink): EChartsOption {
  const upwards = [...descriptors].reverse();
  return {
    ...basis(ink),
    grid: { left: 190, right: 40, top: 4, bottom: 24 },
    xAxis: axis(ink, {
      type: "value",
      max: 1,
      axisLabel: {
        color: ink.quiet,
        fontSize: 12,
        hideOverlap: true,
        formatter: (value: number) => decimal(value, 1),
      },
    }),
    yAxis: axis(ink, {
      type: "category",
      data: upwards.map((each) => each.name),
      axisLabel: { color: ink.quiet, fontSize: 12, interval: 0 },
    }),
    series: {
      type: "bar",
      data: upwards.map((each) => each.mean),
      itemStyle: { color: ink.accent, opacity: 0.8 },
      label: {
        show: true,
        position: "right",
        color: ink.quiet,
        formatter: (at) => decimal(at.value as number, 2),
      },
    },
  };
}

export function descriptorNumbers(descriptors: readonly Descriptor[]): Numbers {
  return {
    header: ["descriptor", "mean_correlation", "clips"],
    rows: descriptors.map((each) => [each.name, each.mean, each.clips]),
  };
}
