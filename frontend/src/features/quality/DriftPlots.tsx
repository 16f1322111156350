/** Small multiples: how each annotator's distance from the others changes over a stage. */
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { driftNumbers, driftOption, wanderersOf } from "./driftOption";
import type { Portrait } from "./hooks";
import look from "./quality.module.css";

const HEIGHT = 240;

export function DriftPlots({ portraits }: { portraits: Portrait[] }) {
  const { t } = useTranslation("quality");
  const measured = MODALITIES.filter((modality) => wanderersOf(portraits, modality).length > 0);
  return (
    <Section title={t("plots.drift")}>
      <div className={look.multiples}>
        {measured.map((modality) => (
          <DriftPlot key={modality} portraits={portraits} modality={modality} />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t(measured.length ? "plots.driftHint" : "plots.noDrift")}
      </Text>
    </Section>
  );
}

function DriftPlot({ portraits, modality }: { portraits: Portrait[]; modality: Modality }) {
  const { t } = useTranslation("quality");
  const ink = useInk();
  const here = useMemo(() => wanderersOf(portraits, modality), [portraits, modality]);
  const option = useMemo(
    () => driftOption(here, modality, ink, { part: t("plots.part"), distance: t("plots.distance") }),
    [here, modality, ink, t],
  );
  return (
    <Figure
      name={`drift-${modality}`}
      title={`${t("plots.drift")}, ${t(`modality.${modality}`, { ns: "shared" })}`}
      heading={<ModalityMark modality={modality} />}
      option={option}
      numbers={() => driftNumbers(here)}
      height={HEIGHT}
    />
  );
}
