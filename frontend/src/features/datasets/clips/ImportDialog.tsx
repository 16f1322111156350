/** Bring videos in from a folder on the server: form, progress, and a report row by row. */
import { Button, Checkbox, Modal, SegmentedControl, Stack, Table, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded, useJob } from "@/api/jobs";
import { whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { Failure } from "@/shared/parts/Notices";
import { type ImportReport, useForgetClips, useStartImport } from "./hooks";

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
          <ImportProgress job={job} />
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

interface ImportFormProps {
  start: ReturnType<typeof useStartImport>;
  onStarted: (job: string) => void;
}

function ImportForm({ start, onStarted }: ImportFormProps) {
  const { t } = useTranslation("datasets");
  const [kind, setKind] = useState<"manifest" | "chsims">("manifest");
  const [folder, setFolder] = useState("");
  const [manifest, setManifest] = useState("manifest.csv");
  const [atomic, setAtomic] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const table = kind === "manifest" ? { manifest } : {};
    start.mutate({ kind, folder, atomic, ...table }, { onSuccess: (job) => onStarted(job.id) });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          aria-label={t("import.kind")}
          value={kind}
          onChange={(value) => setKind(value as typeof kind)}
          data={[
            { value: "manifest", label: t("import.manifest") },
            { value: "chsims", label: t("import.chsims") },
          ]}
        />
        <TextInput
          label={t("import.folder")}
          description={t("import.folderHint")}
          required
          withAsterisk={false}
          data-autofocus
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        {kind === "manifest" && (
          <TextInput
            label={t("import.table")}
            description={t("import.tableHint")}
            required
            withAsterisk={false}
            value={manifest}
            onChange={(event) => setManifest(event.currentTarget.value)}
          />
        )}
        <Checkbox
          label={t("import.atomic")}
          checked={atomic}
          onChange={(event) => setAtomic(event.currentTarget.checked)}
        />
        {start.error && <Failure error={start.error} />}
        <Button type="submit" loading={start.isPending}>
          {t("import.start")}
        </Button>
      </Stack>
    </form>
  );
}

function ImportProgress({ job }: { job: string }) {
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
            [t("import.bad"), whole(report.rejected.length)],
          ]}
        />
      )}
      {report && report.rejected.length > 0 && <RejectedRows rows={report.rejected} />}
    </>
  );
}

function RejectedRows({ rows }: { rows: ImportReport["rejected"] }) {
  const { t } = useTranslation("datasets");
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th ta="right">{t("import.line")}</Table.Th>
          <Table.Th>{t("import.reason")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={`${row.line} ${row.reason}`}>
            <Table.Td ta="right">{row.line}</Table.Td>
            <Table.Td>{row.reason}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
