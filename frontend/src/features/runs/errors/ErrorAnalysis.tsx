/** Where a run errs: classes confused, and errors by class, scenario, duration and agreement of the annotators. */
import { SegmentedControl, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Computed } from "@/shared/analyses/Computed";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { Section } from "@/shared/parts/Page";
import type { Modality } from "@/shared/vocabulary/modality";
import { type ErrorAnalysis as Found, type RunDetail, useErrors } from "../hooks";
import { tasksOf } from "../metrics";
import look from "../runs.module.css";
import { confusionNumbers, confusionOption, groupName, groupNumbers, groupOption } from "./errorOptions";

const CONFUSION_HEIGHT = 280;
const BAR_HEIGHT = 30;
/** Views of the errors, and the digits of a group's values. */
const VIEWS = [
  ["by_class", 0],
  ["by_scenario", 0],
  ["by_duration", 1],
  ["by_agreement", 0],
] as const;

export function ErrorAnalysis({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const tasks = tasksOf(run.metrics?.test ?? {});
  const [task, choose] = useState<Modality>(run.main_task);
  const errors = useErrors(run.id, task);
  return (
    <Section title={t("errors.title")}>
      {tasks.length > 1 && (
        <SegmentedControl
          mb="sm"
          size="xs"
          aria-label={t("metrics.prediction")}
          data={tasks.map((value) => ({ value, label: t(`modality.${value}`, { ns: "shared" }) }))}
          value={task}
          onChange={(value) => choose(value as Modality)}
        />
      )}
      <Computed query={errors}>
        {(found) => (
          <div className={look.curves}>
            <Confusion found={found} run={run.id} />
            {VIEWS.map(([view, digits]) => (
              <Groups key={view} view={view} digits={digits} found={found} run={run.id} />
            ))}
          </div>
        )}
      </Computed>
      <Text size="xs" c="dimmed" mt={4}>
        {t("errors.why")}
      </Text>
    </Section>
  );
}

interface PartProps {
  found: Found;
  run: string;
}

function Confusion({ found, run }: PartProps) {
  const { t } = useTranslation("runs");
  const ink = useInk();
  const option = useMemo(
    () =>
      confusionOption(found, ink, {
        truth: t("scatter.truth"),
        predicted: t("scatter.prediction"),
        cell: (count, share) => t("errors.cell", { count, share }),
      }),
    [found, ink, t],
  );
  return (
    <Figure
      name={`confusion-${found.task}-${run}`}
      title={t("errors.confusion")}
      option={option}
      numbers={() => confusionNumbers(found)}
      height={CONFUSION_HEIGHT}
    />
  );
}

interface GroupsProps extends PartProps {
  view: (typeof VIEWS)[number][0];
  digits: number;
}

function Groups({ found, run, view, digits }: GroupsProps) {
  const { t } = useTranslation("runs");
  const ink = useInk();
  const groups = found[view];
  const option = useMemo(
    () =>
      groupOption(groups, (group) => groupName(group, digits), ink, {
        mae: t("metric.mae"),
        bias: t("errors.bias"),
        clips: t("errors.clips"),
      }),
    [groups, digits, ink, t],
  );
  if (groups.length === 0)
    return (
      <div>
        <Text>{t(`errors.${view}`)}</Text>
        <Text size="xs" c="dimmed">
          {t(`errors.none.${view}`)}
        </Text>
      </div>
    );
  return (
    <Figure
      name={`errors-${view}-${found.task}-${run}`}
      title={t(`errors.${view}`)}
      option={option}
      numbers={() => groupNumbers(groups)}
      height={32 + BAR_HEIGHT * groups.length}
    />
  );
}
