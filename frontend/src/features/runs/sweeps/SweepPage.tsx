/** One sweep: how far it is, the best so far, every trial, and what the trials tell about the settings. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { hasEnded } from "@/api/jobs";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { decimal, moment } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import { type SweepDetail, useSweep, useTrainBest } from "./hooks";
import { SweepActions } from "./SweepActions";
import { finishedOf, importanceOption, parallelOption, shortly, trialNumbers } from "./sweepOptions";
import look from "./sweeps.module.css";
import { useBaseRecipe } from "./sweepWords";
import { TrialTable } from "./TrialTable";
import "../words";
import "./words";

export default function SweepPage() {
  const { t, i18n } = useTranslation("sweeps");
  const { project = "", sweep: id = "" } = useParams();
  const query = useSweep(id);
  const sweep = query.data;
  return (
    <Page
      title={sweep?.name || t("sweep", { moment: moment(sweep?.created_at, i18n.language) })}
      under={{ to: `/projects/${project}/sweeps`, name: t("title") }}
      marks={sweep?.simulated && <SimulatedMark />}
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <Progress sweep={data} />
            <Best sweep={data} />
            <Plots sweep={data} />
            <TrialTable sweep={data} project={project} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Progress({ sweep }: { sweep: SweepDetail }) {
  const { t } = useTranslation("sweeps");
  const baseRecipe = useBaseRecipe();
  return (
    <Section title={t("progress")} actions={<SweepActions sweep={sweep} />}>
      {sweep.job && <FollowedJob id={sweep.job} mayAct={false} />}
      <Text size="xs" c="dimmed">
        {[
          sweep.version_number,
          baseRecipe(sweep),
          `${t("form.objective")}: ${t(`objective.${sweep.objective}`)}`,
          `${t("form.pruner")}: ${t(`pruner.${sweep.pruner}`)}`,
          `${t("column.seed", { ns: "runs" })} ${sweep.seed}`,
        ].join(" · ")}
      </Text>
    </Section>
  );
}

function Best({ sweep }: { sweep: SweepDetail }) {
  const { t } = useTranslation("sweeps");
  const train = useTrainBest();
  const navigate = useNavigate();
  const best = sweep.trials.find((trial) => trial.number === sweep.best_number);
  if (!best) return null;
  const start = () =>
    train.mutate(sweep.id, {
      onSuccess: (made) => navigate(`/projects/${sweep.project}/experiments/${made.id}`),
    });
  return (
    <Section title={t(hasEnded(sweep) ? "best.title" : "best.soFar")}>
      <Alert variant="light" color="gray">
        <Group justify="space-between" gap="md">
          <div className="figures">
            <Text fw={600}>
              {t("best.trial", { number: best.number + 1 })}: {t(`objective.${sweep.objective}`)}{" "}
              {decimal(best.value, 4)}
            </Text>
            <Text size="sm">
              {Object.entries(best.parameters)
                .map(([name, value]) => `${name} ${shortly(value)}`)
                .join(" · ")}
            </Text>
            <Text size="xs" c="dimmed">
              {t("best.why")}
            </Text>
          </div>
          <Button loading={train.isPending} onClick={start}>
            {t("best.train")}
          </Button>
        </Group>
        {train.error && <Failure error={train.error} />}
      </Alert>
    </Section>
  );
}

function Plots({ sweep }: { sweep: SweepDetail }) {
  const { t } = useTranslation("sweeps");
  const ink = useInk();
  if (finishedOf(sweep.trials).length < 2) return null;
  const { importance } = sweep;
  return (
    <Section title={t("plots.title")}>
      <div className={look.plots}>
        <div className={look.wide}>
          <div style={{ minWidth: 140 * (sweep.space.length + 1) }}>
            <Figure
              title={t("plots.parallel")}
              name="sweep-trials"
              option={parallelOption(sweep, t(`objective.${sweep.objective}`), ink)}
              numbers={() => trialNumbers(sweep)}
              height={320}
            />
          </div>
        </div>
        {importance ? (
          <Figure
            title={t("plots.importance")}
            name="sweep-importance"
            option={importanceOption(importance, ink)}
            numbers={() => ({ header: ["setting", "importance"], rows: Object.entries(importance) })}
            height={40 + 32 * Object.keys(importance).length}
          />
        ) : (
          <Text c="dimmed" size="sm">
            {t("plots.tooFew")}
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t("plots.why")}
      </Text>
    </Section>
  );
}
