/** A chart per rule: which share of each stage's labels it moves, and how far. */
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { differenceNumbers, differenceOption, farthestOf, highestOf } from "./differenceOption";
import look from "./quality.module.css";
import { OTHERS, type Rule, type RuleDistance } from "./rulesHooks";

const HEIGHT = 220;

export function DifferencePlots({ stages }: { stages: RuleDistance[] }) {
  const { t } = useTranslation("quality");
  const reach = farthestOf(stages);
  const highest = highestOf(stages);
  return (
    <Section title={t("rules.plots")}>
      <Text c="dimmed" maw={760}>
        {t("rules.plotsHint")}
      </Text>
      <div className={look.legend}>
        {MODALITIES.map((modality) => (
          <ModalityMark key={modality} modality={modality} />
        ))}
      </div>
      <div className={look.multiples}>
        {OTHERS.map((rule) => (
          <DifferencePlot
            key={rule}
            rule={rule}
            stages={stages.filter((one) => one.rule === rule)}
            reach={reach}
            highest={highest}
          />
        ))}
      </div>
    </Section>
  );
}

interface DifferencePlotProps {
  rule: Rule;
  stages: RuleDistance[];
  reach: number;
  highest: number;
}

function DifferencePlot({ rule, stages, reach, highest }: DifferencePlotProps) {
  const { t } = useTranslation("quality");
  const ink = useInk();
  const name = t(`rule.${rule}`, { ns: "shared" });
  const option = useMemo(() => {
    const words = {
      difference: t("rules.differenceAxis"),
      share: t("rules.shareAxis"),
      modality: (modality: RuleDistance["modality"]) => t(`modality.${modality}`, { ns: "shared" }),
    };
    return differenceOption(stages, reach, highest, ink, words);
  }, [stages, reach, highest, ink, t]);
  if (stages.every((one) => one.changed === 0))
    return (
      <figure className={look.unchanged}>
        <figcaption>{name}</figcaption>
        <Text c="dimmed">{t("rules.same")}</Text>
      </figure>
    );
  return (
    <Figure
      name={`rule-${rule}`}
      title={`${t("rules.plots")}: ${name}`}
      heading={name}
      option={option}
      numbers={() => differenceNumbers(stages)}
      height={HEIGHT}
    />
  );
}
