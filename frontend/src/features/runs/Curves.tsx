/** The curves of a run, drawn while it goes on. */
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded } from "@/api/jobs";
import { Figure } from "@/shared/charts/Figure";
import { type Ink, useInk } from "@/shared/charts/theme";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { isModality, type Modality } from "@/shared/vocabulary/modality";
import { type Curve, curveNumbers, curveOption, partsOf, termColour, termsOf } from "./curveOptions";
import { type Epoch, type RunDetail, useEpochs } from "./hooks";
import { tasksOf } from "./metrics";
import look from "./runs.module.css";

const HEIGHT = 240;

export function Curves({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const epochs = useEpochs(run);
  return (
    <Loaded query={epochs}>
      {(rows) =>
        rows.length === 0 && hasEnded(run) ? null : (
          <Section title={t("curves.title")}>
            {rows.length > 0 ? (
              <AllCurves run={run} epochs={rows} />
            ) : (
              <Text c="dimmed">{t("curves.none")}</Text>
            )}
          </Section>
        )
      }
    </Loaded>
  );
}

function AllCurves({ run, epochs }: { run: RunDetail; epochs: readonly Epoch[] }) {
  const ink = useInk();
  const groups = useCurves(epochs, ink);
  return (
    <div className={look.curves}>
      {groups.map(({ name, title, curves }) => (
        <CurveFigure
          key={name}
          name={`${name}-${run.id}`}
          title={title}
          curves={curves}
          epochs={epochs}
          ink={ink}
        />
      ))}
    </div>
  );
}

function useCurves(epochs: readonly Epoch[], ink: Ink) {
  const { t } = useTranslation("runs");
  const terms = termsOf(epochs).join();
  const tasks = tasksOf(epochs[0]?.valid_metrics ?? {}).join();
  return useMemo(() => {
    const nameOf = (term: string) => {
      const { kind, modality } = partsOf(term);
      if (!isModality(modality) || (kind !== "regression" && kind !== "mixup")) return term;
      return t(`curves.${kind}`, { modality: t(`modality.${modality}`, { ns: "shared" }) });
    };
    const termCurves: Curve[] = terms.split(",").map((term) => ({
      name: nameOf(term),
      colour: termColour(term, ink),
      dashed: !term.startsWith("regression"),
      valueAt: (epoch) => epoch.losses[term],
    }));
    const lossCurves: Curve[] = [
      { name: t("curves.train"), colour: ink.quiet, valueAt: (epoch) => epoch.losses.total },
      { name: t("curves.valid"), colour: ink.accent, valueAt: (epoch) => epoch.valid_loss },
    ];
    const maeCurves: Curve[] = (tasks.split(",") as Modality[]).map((modality) => ({
      name: t(`modality.${modality}`, { ns: "shared" }),
      colour: ink.modality[modality],
      valueAt: (epoch) => epoch.valid_metrics[modality]?.mae,
    }));
    return [
      { name: "losses", title: t("curves.losses"), curves: lossCurves },
      { name: "mae", title: t("curves.mae"), curves: maeCurves },
      { name: "terms", title: t("curves.terms"), curves: termCurves },
    ];
  }, [terms, tasks, ink, t]);
}

interface CurveFigureProps {
  name: string;
  title: string;
  curves: readonly Curve[];
  epochs: readonly Epoch[];
  ink: Ink;
}

function CurveFigure({ name, title, curves, epochs, ink }: CurveFigureProps) {
  const { t } = useTranslation("runs");
  const option = useMemo(
    () => curveOption(epochs, curves, ink, { epoch: t("curves.epoch"), best: t("curves.best") }),
    [epochs, curves, ink, t],
  );
  return (
    <Figure
      name={name}
      title={title}
      option={option}
      numbers={() => curveNumbers(epochs, curves)}
      height={HEIGHT}
    />
  );
}
