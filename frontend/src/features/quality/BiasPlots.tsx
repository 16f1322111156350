/** Four small multiples: each annotator's bias and correlation with the rest. */
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { biasNumbers, biasOption, reachOf } from "./biasOption";
import type { Portrait } from "./hooks";
import look from "./quality.module.css";

const HEIGHT = 240;

export function BiasPlots({ portraits }: { portraits: Portrait[] }) {
  const { t } = useTranslation("quality");
  const reach = reachOf(portraits);
  return (
    <Section title={t("plots.bias")}>
      <div className={look.multiples}>
        {MODALITIES.map((modality) => (
          <BiasPlot key={modality} portraits={portraits} modality={modality} reach={reach} />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t("plots.biasHint")}
      </Text>
    </Section>
  );
}

interface BiasPlotProps {
  portraits: Portrait[];
  modality: Modality;
  reach: number;
}

function BiasPlot({ portraits, modality, reach }: BiasPlotProps) {
  const { t } = useTranslation("quality");
  const ink = useInk();
  const here = useMemo(() => portraits.filter((one) => one.modality === modality), [portraits, modality]);
  const option = useMemo(
    () =>
      biasOption(here, modality, reach, ink, {
        bias: t("annotators.bias"),
        correlation: t("annotators.correlation"),
      }),
    [here, modality, reach, ink, t],
  );
  return (
    <Figure
      name={`annotators-${modality}`}
      title={`${t("plots.bias")}, ${t(`modality.${modality}`, { ns: "shared" })}`}
      heading={<ModalityMark modality={modality} />}
      option={option}
      numbers={() => biasNumbers(here)}
      height={HEIGHT}
    />
  );
}
