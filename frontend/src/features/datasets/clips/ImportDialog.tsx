/** Bring clips in from a folder on the server: form, progress, and a report row by row. */
import { Anchor, Button, Modal, Stack, Table } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasEnded, useJob } from "@/api/jobs";
import { whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { Scroll } from "@/shared/parts/Scroll";
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
      {report && (
        <Facts
          of={[
            [t("import.added"), whole(report.clips)],
            [t("import.labels"), whole(report.labels)],
            [t("import.bad"), whole(report.rejected.length)],
          ]}
        />
      )}
      {report?.version && (
        <Anchor component={Link} to={`/projects/${project}/versions/${report.version}`}>
          {t("version.title", { number: report.number })}
        </Anchor>
      )}
      {report && report.rejected.length > 0 && <RejectedRows rows={report.rejected} />}
    </>
  );
}

function RejectedRows({ rows }: { rows: ImportReport["rejected"] }) {
  const { t } = useTranslation("datasets");
  return (
    <Scroll>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t("import.line")}</Table.Th>
            <Table.Th>{t("import.subject")}</Table.Th>
            <Table.Th>{t("import.reason")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.line} ${row.reason}`}>
              <Table.Td ta="right">{row.line}</Table.Td>
              <Table.Td>{row.video}</Table.Td>
              <Table.Td>{row.reason}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
