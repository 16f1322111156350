/** Long work: a bar with what it does now and how much is left; cancel, retry, and why it failed. */
import { Button, Group, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hasEnded, type Job, type JobDetail, useCancelJob, useJob, useRetryJob } from "@/api/jobs";
import { duration, moment } from "@/shared/format";
import { Failure } from "@/shared/parts/Notices";
import look from "@/shared/parts/parts.module.css";
import { Said } from "@/shared/parts/Said";
import { jobName } from "./names";

const BAR_COLOURS: Partial<Record<Job["state"], string>> = {
  succeeded: "green",
  failed: "red",
  cancelled: "gray",
};

/** Follows one job by its id until it ends. */
export function FollowedJob({ id, mayAct = true }: { id: string; mayAct?: boolean }) {
  const query = useJob(id);
  if (query.error) return <Failure error={query.error} retry={query.refetch} />;
  if (!query.data) return null;
  const job = query.data as JobDetail;
  return <JobProgress job={job} failedParts={job.failed_parts} mayAct={mayAct} />;
}

interface JobProgressProps {
  job: Job;
  failedParts?: JobDetail["failed_parts"];
  mayAct?: boolean;
}

export function JobProgress({ job, failedParts = [], mayAct = true }: JobProgressProps) {
  const { t, i18n } = useTranslation();
  const { name, detail } = jobName(job, i18n.language);
  const share = job.state === "succeeded" ? 100 : job.total ? (100 * job.done) / job.total : 0;
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
        <Text truncate title={job.title}>
          {name}
        </Text>
        <Text c="dimmed" size="xs" className="figures" style={{ whiteSpace: "nowrap" }}>
          {t(`job.${job.state}`)}
          {job.total > 0 &&
            job.state !== "succeeded" &&
            ` · ${t("job.progress", { done: job.done, total: job.total })}`}
        </Text>
      </Group>
      <Progress
        value={share}
        size={6}
        my={4}
        color={BAR_COLOURS[job.state]}
        aria-label={name}
        animated={job.state === "running"}
      />
      <Group justify="space-between" gap="xs" mih={24}>
        <Text size="xs" c="dimmed" truncate>
          {hasEnded(job) ? (
            <>
              {job.finished_at && moment(job.finished_at, i18n.language)}
              {detail && (
                <>
                  {" · "}
                  <span lang="en">{detail}</span>
                </>
              )}
            </>
          ) : (
            <Said of={job.said.doing} />
          )}
          {job.seconds_left !== null &&
            `${job.doing && " · "}${t("job.left", { time: duration(job.seconds_left) })}`}
        </Text>
        {mayAct && <JobActions job={job} />}
      </Group>
      {job.state === "failed" && <JobFailure job={job} failedParts={failedParts} />}
    </div>
  );
}

function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation();
  const cancel = useCancelJob();
  const retry = useRetryJob();
  return (
    <>
      {job.can_cancel && (
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(job.id)}
        >
          {t("job.cancel")}
        </Button>
      )}
      {job.can_retry && (
        <Button
          size="compact-xs"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate(job.id)}
        >
          {t("job.retry")}
        </Button>
      )}
    </>
  );
}

function JobFailure({ job, failedParts }: Required<Pick<JobProgressProps, "job" | "failedParts">>) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Text c="var(--bad)">
        <Said of={job.said.error} />
      </Text>
      {failedParts.length > 0 && (
        <details>
          <summary>{t("job.failedParts")}</summary>
          <ul>
            {failedParts.map((part) => (
              <li key={part.title}>
                <Said of={part.said.title} />: <Said of={part.said.error} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {job.log_tail && (
        <details>
          <summary>{t("job.log")}</summary>
          <pre className={look.log}>{job.log_tail}</pre>
        </details>
      )}
    </div>
  );
}
