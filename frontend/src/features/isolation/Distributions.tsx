/** Every figure of the noised audio as a distribution over the clips, and what else of the voice is kept. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { decimal } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { descriptorNumbers, descriptorOption } from "./descriptorOption";
import { histogramNumbers, histogramOption } from "./histogramOption";
import type { FigureFacts, Isolation } from "./hooks";
import own from "./isolation.module.css";

type FigureName = keyof typeof import("./words/en").default.figure;

export function Distributions({ isolation }: { isolation: Isolation }) {
  const { t } = useTranslation("isolation");
  const ink = useInk();
  const words = { clips: t("clips"), threshold: t("threshold") };
  const { figures, descriptors } = isolation;
  return (
    <Section title={t("figures")}>
      <Text c="dimmed">{figures.length ? t("figuresHint") : t("noFigures")}</Text>
      <div className={own.charts}>
        {figures.map((figure) => (
          <Figure
            key={figure.name}
            title={t(`figure.${figure.name as FigureName}`)}
            heading={<Heading figure={figure} />}
            name={figure.name}
            option={histogramOption(figure, ink, words)}
            numbers={() => histogramNumbers(figure)}
            height={120}
          />
        ))}
      </div>
      {descriptors.length > 0 && (
        <Figure
          title={t("descriptors")}
          name="descriptors"
          option={descriptorOption(descriptors, ink)}
          numbers={() => descriptorNumbers(descriptors)}
          height={descriptors.length * 20 + 30}
        />
      )}
    </Section>
  );
}

function Heading({ figure }: { figure: FigureFacts }) {
  const { t } = useTranslation("isolation");
  return (
    <>
      {t(`figure.${figure.name as FigureName}`)}{" "}
      <Text span c="dimmed" size="sm" className="figures">
        {t("mean")} {decimal(figure.mean, 2)}
      </Text>
    </>
  );
}
