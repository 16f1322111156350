/** A version of a large project in the making: how far its job is, then the way to the version. */
import { Anchor } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasEnded, useJob, useJobs } from "@/api/jobs";
import { useForgetVersions } from "@/api/versions";
import { FollowedJob } from "@/shared/jobs/JobProgress";

interface PublishingProps {
  project: string;
  job: string;
  /** Called with the version's address when it is there. */
  onPublished?: (address: string) => void;
}

export function Publishing({ project, job, onPublished }: PublishingProps) {
  const { t } = useTranslation("datasets");
  const forget = useForgetVersions();
  const found = useJob(job).data;
  const made = found?.state === "succeeded" ? (found.result as { version: string; number: string }) : null;
  const address = made && `/projects/${project}/versions/${made.version}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the version is there
  useEffect(() => {
    if (!address) return;
    void forget();
    onPublished?.(address);
  }, [address]);
  if (!address) return <FollowedJob id={job} />;
  return (
    <Anchor component={Link} to={address}>
      {t("version.title", { number: made.number })}
    </Anchor>
  );
}

/** The same for whoever opens the page while a version is being made. */
export function PublishingNow({ project }: { project: string }) {
  const jobs = useJobs(project, { kind: "publish_version" });
  const running = jobs.data?.results.find((job) => !hasEnded(job))?.id;
  const [job, follow] = useState<string | null>(null);
  useEffect(() => {
    if (running) follow(running);
  }, [running]);
  return job && <Publishing project={project} job={job} />;
}
