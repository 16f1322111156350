/** A chart with its title, and its picture and numbers to take away. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { EChartsOption } from "echarts";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Chart, type ChartHandle } from "./Chart";
import look from "./charts.module.css";
import { type Cell, saveCsv, saveText } from "./csv";

export interface Numbers {
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

interface FigureProps {
  title: string;
  /** The title as shown, where it is more than words. */
  heading?: ReactNode;
  /** File name without its ending. */
  name: string;
  option: EChartsOption;
  numbers: () => Numbers;
  height: number;
  onPick?: (index: number) => void;
}

export function Figure({ title, heading, name, option, numbers, height, onPick }: FigureProps) {
  const { t } = useTranslation();
  const chart = useRef<ChartHandle>(null);
  const saveSvg = () => {
    const svg = chart.current?.svg();
    if (svg) saveText(`${name}.svg`, "image/svg+xml", svg);
  };
  const saveNumbers = () => {
    const { header, rows } = numbers();
    saveCsv(name, header, rows);
  };
  return (
    <figure className={look.figure}>
      <figcaption>
        <span>{heading ?? title}</span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`${t("action.download")}: ${title}`}>
              <IconDownload size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={saveSvg}>SVG</Menu.Item>
            <Menu.Item onClick={saveNumbers}>CSV</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </figcaption>
      <Chart ref={chart} option={option} label={title} height={height} onPick={onPick} />
    </figure>
  );
}
