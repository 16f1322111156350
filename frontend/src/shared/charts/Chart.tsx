/** A chart, drawn as SVG by a library that is fetched only where a chart is shown. */
import type { ECElementEvent, EChartsOption } from "echarts";
import type { EChartsType } from "echarts/core";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";

export interface ChartHandle {
  /** The chart as it stands, as the text of an SVG file. */
  svg(): string | null;
}

interface ChartProps {
  option: EChartsOption;
  /** What the chart shows, for those who cannot see it. */
  label: string;
  height: number;
  /** Told the index of the point that was clicked. */
  onPick?: (index: number) => void;
  ref?: Ref<ChartHandle>;
}

export function Chart({ option, label, height, onPick, ref }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useChart(place);
  useEffect(() => {
    chart?.setOption(option, { replaceMerge: ["series", "xAxis", "yAxis", "parallelAxis"] });
  }, [chart, option]);
  useEffect(() => {
    if (!chart || !onPick) return;
    const pick = (event: ECElementEvent) => onPick(event.dataIndex);
    chart.on("click", pick);
    return () => {
      chart.off("click", pick);
    };
  }, [chart, onPick]);
  useImperativeHandle(ref, () => ({ svg: () => svgOf(chart) }), [chart]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

/** A chart that lives as long as its place, and is as wide. */
function useChart(place: React.RefObject<HTMLDivElement | null>): EChartsType | null {
  const [chart, setChart] = useState<EChartsType | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let made: EChartsType | null = null;
    let left = false;
    const resize = new ResizeObserver(() => made?.resize());
    void import("./library").then(({ init }) => {
      if (left) return;
      made = init(element, null, { renderer: "svg" });
      resize.observe(element);
      setChart(made);
    });
    return () => {
      left = true;
      resize.disconnect();
      made?.dispose();
    };
  }, [place]);
  return chart;
}

function svgOf(chart: EChartsType | null): string | null {
  const address = chart?.getDataURL({ type: "svg" });
  return address ? decodeURIComponent(address.slice(address.indexOf(",") + 1)) : null;
}
