/** How far a run is, how to stop it, and why it ended without a result. */
import { Alert, Button, Group, Progress, Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasEnded, useJob } from "@/api/jobs";
import { decimal, duration } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import look from "@/shared/parts/parts.module.css";
import { Said } from "@/shared/parts/Said";
import { type RunDetail, useEpochs } from "./hooks";
import { CancelRun, LaunchAgain } from "./RunActions";

export function RunProgress({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Section
      title={t("progress.title")}
      actions={hasEnded(run) ? !run.sweep && <LaunchAgain run={run} /> : <CancelRun run={run} />}
    >
      {hasEnded(run) ? (
        <Ending run={run} />
      ) : run.job ? (
        <Going run={run} job={run.job} />
      ) : (
        <Waiting run={run} />
      )}
    </Section>
  );
}

function Waiting({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Group>
      <Text>{t("progress.features")}</Text>
      <Button
        component={Link}
        variant="default"
        size="compact-sm"
        to={`/projects/${run.project}/versions/${run.version}`}
      >
        {t("progress.toFeatures")}
      </Button>
    </Group>
  );
}

function Going({ run, job: id }: { run: RunDetail; job: string }) {
  const { t } = useTranslation("runs");
  const job = useJob(id).data;
  const last = useEpochs(run).data?.at(-1);
  const now = useNow();
  const started = job?.started_at ? Date.parse(job.started_at) : null;
  const elapsed = started === null ? null : Math.max(0, now - started) / 1000;
  const batches = job?.total ? job.total / run.most_epochs : 0;
  const at = batches >= 1 ? placeOf(job?.done ?? 0, batches) : null;
  const doing = [
    run.state === "queued" ? t("progress.queued") : at ? t("progress.batch", at) : t("progress.starting"),
    last && t("progress.doing", { number: last.number, loss: decimal(last.valid_loss, 4) }),
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      <Progress
        size={8}
        animated
        value={at ? (100 * (job?.done ?? 0)) / (job?.total ?? 1) : (100 * run.epochs_done) / run.most_epochs}
        aria-label={t("progress.title")}
      />
      <Group justify="space-between" mt={4} mih={20}>
        <Text size="xs" c="dimmed" className="figures">
          {doing}
        </Text>
        <Text size="xs" c="dimmed" className="figures">
          {elapsed !== null && `${t("progress.elapsed")} ${duration(elapsed)}`}
          {job?.seconds_left != null &&
            ` · ${t("job.left", { ns: "shared", time: duration(job.seconds_left) })}`}
        </Text>
      </Group>
    </>
  );
}

/** Epoch and batch after so many batches in all. */
export function placeOf(done: number, batches: number) {
  const epoch = Math.max(1, Math.ceil(done / batches));
  return { epoch, batch: done - (epoch - 1) * batches, batches };
}

/** The time of day in milliseconds, once a second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  return now;
}

function Ending({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const job = useJob(run.job).data;
  if (run.state === "succeeded" && run.sweep)
    return (
      <Text c="dimmed">
        {t("ofSweep")} <Link to={`/projects/${run.project}/sweeps/${run.sweep}`}>{t("toSweep")}</Link>
      </Text>
    );
  if (run.state === "cancelled") return <Text c="dimmed">{t("progress.cancelled")}</Text>;
  return (
    <Alert color="red" variant="light" role="alert" title={t("progress.failed")}>
      {run.failure && <Said of={run.failure} />}
      {job?.log_tail && (
        <details open>
          <summary>{t("job.log", { ns: "shared" })}</summary>
          <pre className={look.log}>{job.log_tail}</pre>
        </details>
      )}
    </Alert>
  );
}
