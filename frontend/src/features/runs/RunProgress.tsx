/** How far a run is, how to stop it, and why it ended without a result. */
import { Alert, Button, Group, Modal, Progress, Text } from "@mantine/core";
import { useDisclosure, useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { hasEnded, useJob } from "@/api/jobs";
import { duration } from "@/shared/format";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import look from "@/shared/parts/parts.module.css";
import { sameAgain } from "./again";
import { type RunDetail, useCancelRun, useLaunch } from "./hooks";

export function RunProgress({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Section
      title={t("progress.title")}
      actions={hasEnded(run) ? <Again run={run} /> : run.job && <Cancel run={run} />}
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
  const now = useNow();
  const started = job?.started_at ? Date.parse(job.started_at) : null;
  const elapsed = started === null ? null : Math.max(0, now - started) / 1000;
  return (
    <>
      <Progress
        size={8}
        animated
        value={(100 * run.epochs_done) / run.most_epochs}
        aria-label={t("progress.title")}
      />
      <Group justify="space-between" mt={4} mih={20}>
        <Text size="xs" c="dimmed" className="figures">
          {run.state === "queued" ? t("progress.queued") : job?.doing}
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

/** The time of day in milliseconds, once a second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  return now;
}

function Ending({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const job = useJob(run.job).data;
  if (run.state === "cancelled") return <Text c="dimmed">{t("progress.cancelled")}</Text>;
  return (
    <Alert color="red" variant="light" role="alert" title={t("progress.failed")}>
      {run.error}
      {job?.log_tail && (
        <details open>
          <summary>{t("job.log", { ns: "shared" })}</summary>
          <pre className={look.log}>{job.log_tail}</pre>
        </details>
      )}
    </Alert>
  );
}

function Cancel({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const [asked, question] = useDisclosure(false);
  const cancel = useCancelRun(run.id);
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={question.open}>
        {t("progress.cancel")}
      </Button>
      <Modal opened={asked} onClose={question.close} title={t("progress.cancelTitle")}>
        <Text>{t("progress.cancelWhy")}</Text>
        {cancel.error && <Failure error={cancel.error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={question.close}>
            {t("progress.keep")}
          </Button>
          <Button
            color="red.9"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onSuccess: question.close })}
          >
            {t("progress.cancel")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** A retry is a new run with the same settings. */
function Again({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const launch = useLaunch();
  const navigate = useNavigate();
  const start = () =>
    launch.mutate(sameAgain(run), {
      onSuccess: (made) => navigate(`/projects/${made.project}/runs/${made.id}`),
    });
  return (
    <>
      <Button size="compact-sm" loading={launch.isPending} onClick={start}>
        {t("progress.again")}
      </Button>
      {launch.error && <Failure error={launch.error} />}
    </>
  );
}
