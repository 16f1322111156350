/** Bring clips in from a folder on the server: form, progress, and a report row by row. */
import { Anchor, Button, Modal, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasEnded, useJob } from "@/api/jobs";
import { whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { RejectedRows } from "@/shared/parts/RejectedRows";
import { type ImportReport, useForgetClips, useStartImport } from "./hooks";
import { ImportForm } from "./ImportForm";

interface ImportDialogProps {
  project: string;
  opened: boolean;
  onClose: () => void;
}

export function ImportDialog({ project, opened, onClose }: ImportDialogProps) {
  const { t } = useTranslation("datasets");
  const start = useStartImport(project);
  const [job, setJob] = useState<string | null>(null);
  return (
    <Modal opened={opened} onClose={onClose} title={t("import.title")} size="lg">
      {job ? (
        <Stack>
          <ImportProgress job={job} project={project} />
          <Button variant="default" onClick={() => setJob(null)}>
            {t("import.another")}
          </Button>
        </Stack>
      ) : (
        <ImportForm start={start} onStarted={setJob} />
      )}
    </Modal>
  );
}

function ImportProgress({ job, project }: { job: string; project: string }) {
  const { t } = useTranslation("datasets");
  const { data } = useJob(job);
  const forget = useForgetClips();
  const ended = hasEnded(data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the job has ended
  useEffect(() => {
    if (ended) forget();
  }, [ended]);
  const report = data?.result as ImportReport | null | undefined;
  return (
    <>
      <FollowedJob id={job} />
      {report && <ImportFacts report={report} />}
      {report?.version && (
        <Anchor component={Link} to={`/projects/${project}/versions/${report.version}`}>
          {t("version.title", { number: report.number })}
        </Anchor>
      )}
      {report && <RejectedRows job={job} rows={report.rejected} count={report.rejected_count} />}
    </>
  );
}

function ImportFacts({ report }: { report: ImportReport }) {
  const { t } = useTranslation("datasets");
  const repaired = (report.features ?? []).reduce((sum, kept) => sum + kept.repaired, 0);
  const facts: [string, string][] = [
    [t("import.added"), whole(report.clips)],
    [t("import.labels"), whole(report.labels)],
    [t("import.bad"), whole(report.rejected_count)],
    [t("import.encoding"), report.encoding],
  ];
  if (report.ignored_columns.length > 0) facts.push([t("import.ignored"), report.ignored_columns.join(", ")]);
  if (repaired > 0) facts.push([t("import.repaired"), whole(repaired)]);
  return <Facts of={facts} />;
}
