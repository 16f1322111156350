/** Four small multiples: predicted against true in each modality. */
import { Text } from "@mantine/core";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { ModalityMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import type { Modality } from "@/shared/vocabulary/modality";
import { type RunDetail, type Scatter, useScatter } from "./hooks";
import { tasksOf } from "./metrics";
import look from "./runs.module.css";
import { pointsOf, scatterNumbers, scatterOption } from "./scatterOption";

const HEIGHT = 260;

interface ScatterPlotsProps {
  run: RunDetail;
  onChoose: (clip: string) => void;
}

export function ScatterPlots({ run, onChoose }: ScatterPlotsProps) {
  const { t } = useTranslation("runs");
  const scatter = useScatter(run.id);
  return (
    <Section title={t("scatter.title")}>
      <Loaded query={scatter}>
        {(data) => (
          <div className={look.multiples}>
            {tasksOf(data).map((modality) => (
              <ScatterPlot
                key={modality}
                run={run.id}
                scatter={data}
                modality={modality}
                onChoose={onChoose}
              />
            ))}
          </div>
        )}
      </Loaded>
      <Text size="xs" c="dimmed" mt={4}>
        {t("scatter.hint")}
      </Text>
    </Section>
  );
}

interface ScatterPlotProps {
  run: string;
  scatter: Scatter;
  modality: Modality;
  onChoose: (clip: string) => void;
}

function ScatterPlot({ run, scatter, modality, onChoose }: ScatterPlotProps) {
  const { t } = useTranslation("runs");
  const ink = useInk();
  const points = useMemo(() => pointsOf(scatter, modality), [scatter, modality]);
  const option = useMemo(
    () =>
      scatterOption(points, modality, ink, {
        truth: t("scatter.truth"),
        prediction: t("scatter.prediction"),
      }),
    [points, modality, ink, t],
  );
  const pick = useCallback(
    (place: number) => {
      const point = points[place];
      if (point) onChoose(point.clip);
    },
    [points, onChoose],
  );
  return (
    <Figure
      name={`scatter-${modality}-${run}`}
      title={t("scatter.label", {
        modality: t(`modality.${modality}`, { ns: "shared" }),
        count: points.length,
      })}
      heading={<ModalityMark modality={modality} />}
      option={option}
      numbers={() => scatterNumbers(points)}
      height={HEIGHT}
      onPick={pick}
    />
  );
}
