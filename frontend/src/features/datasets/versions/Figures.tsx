/** The paper's Table 1, Fig. 2 and Fig. 3 for these clips, agreement, and the clips whose modalities disagree most. */
import { ColorSwatch, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { decimal, whole } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { MODALITIES } from "@/shared/vocabulary/modality";
import own from "../datasets.module.css";
import { AgreementTable } from "./AgreementTable";
import { ClassChart } from "./ClassChart";
import { ClassTable } from "./ClassTable";
import { Disagreeing } from "./Disagreeing";
import {
  AMOUNTS,
  amountOf,
  discrepancyOption,
  durationOption,
  GRID,
  gridOption,
  scenarioOption,
} from "./figureOptions";
import type { Figures as FiguresData } from "./hooks";

const SCENARIO_ROW = 26;

export function Figures({ figures }: { figures: FiguresData }) {
  const { t } = useTranslation("versions");
  const { ratio } = figures.polarity.multimodal;
  return (
    <>
      <Section title={t("figures.table1")}>
        <ClassTable rows={figures.table1} />
        <Text size="xs" c="dimmed" mt={4}>
          {ratio === null
            ? t("figures.noRatio")
            : t("figures.ratio", { ratio: decimal(ratio, 4), ...signs(figures) })}
        </Text>
      </Section>
      <Scenarios figures={figures} />
      <Distributions figures={figures} />
      <Section title={t("figures.agreement")}>
        <AgreementTable agreement={figures.agreement} />
      </Section>
      <Disagreeing clips={figures.disagreeing} />
    </>
  );
}

function signs({ polarity }: FiguresData) {
  return { positive: whole(polarity.multimodal.positive), negative: whole(polarity.multimodal.negative) };
}

/** Fig. 2: how much of each scenario, and how long the clips are. */
function Scenarios({ figures }: { figures: FiguresData }) {
  const { t } = useTranslation(["versions", "datasets"]);
  const ink = useInk();
  const words = {
    supervised: t("datasets:clips.supervised"),
    unsupervised: t("datasets:clips.unsupervised"),
    nameless: t("figures.nameless"),
    seconds: t("figures.seconds"),
  };
  const { scenarios, durations } = figures;
  return (
    <Section title={t("figures.scenarios")}>
      <Group gap="md" mb="xs">
        <LegendEntry color={ink.accent} name={words.supervised} />
        <LegendEntry color={ink.quiet} name={words.unsupervised} />
      </Group>
      <div className={own.multiples}>
        {AMOUNTS.map((amount) => (
          <Figure
            key={amount}
            title={t(`figures.amount.${amount}`)}
            name={`scenarios-${amount}`}
            option={scenarioOption(scenarios, amount, words, ink)}
            numbers={() => ({
              header: ["scenario", "supervised", "unsupervised"],
              rows: scenarios.map((row) => [
                row.scenario,
                amountOf(row.supervised, amount),
                amountOf(row.unsupervised, amount),
              ]),
            })}
            height={60 + SCENARIO_ROW * scenarios.length}
          />
        ))}
        <Figure
          title={t("figures.durations")}
          name="durations"
          option={durationOption(durations, words, ink)}
          numbers={() => ({
            header: ["from_seconds", "supervised", "unsupervised"],
            rows: durations.supervised.map((count, second) => [
              second,
              count,
              durations.unsupervised[second],
            ]),
          })}
          height={220}
        />
      </div>
    </Section>
  );
}

/** The colour of a kind of clips in the bars, and its name. */
function LegendEntry({ color, name }: { color: string; name: string }) {
  return (
    <Group gap={6}>
      <ColorSwatch color={color} size={12} radius={2} withShadow={false} />
      <Text size="xs">{name}</Text>
    </Group>
  );
}

/** Fig. 3: where the labels lie in each modality, and how far modalities lie apart. */
function Distributions({ figures }: { figures: FiguresData }) {
  const { t } = useTranslation(["versions", "shared"]);
  const ink = useInk();
  const name = (modality: string) => t(`shared:modality.${modality as "text"}`);
  const largest = Math.max(1, ...MODALITIES.flatMap((modality) => figures.grid[modality]));
  return (
    <Section title={t("figures.distributions")}>
      <ClassChart classes={figures.classes} />
      <div className={own.multiples}>
        {MODALITIES.map((modality) => (
          <Figure
            key={modality}
            title={name(modality)}
            name={`labels-${modality}`}
            option={gridOption(figures.grid[modality], largest, ink)}
            numbers={() => ({
              header: ["label", "clips"],
              rows: figures.grid[modality].map((count, place) => [GRID[place], count]),
            })}
            height={170}
          />
        ))}
        <Figure
          title={t("figures.discrepancies")}
          name="discrepancies"
          option={discrepancyOption(figures.discrepancies, name, ink)}
          numbers={() => ({
            header: ["first", "second", "clips", "mean"],
            rows: figures.discrepancies.map((one) => [...one.modalities, one.clips, one.mean]),
          })}
          height={260}
        />
      </div>
    </Section>
  );
}
