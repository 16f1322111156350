/** Scores that were given elsewhere, brought in from a file: sent, checked, then imported by a job. */
import { Button, Checkbox, FileInput, Group, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { bytes } from "@/shared/format";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { ColumnChoice } from "./ColumnChoice";
import { ImportedScores } from "./ImportedScores";
import { type ScoreFile, useImportScores, useSendScores } from "./importHooks";

export function ImportScores({ campaign }: { campaign: string }) {
  const { t } = useTranslation("campaigns");
  const send = useSendScores(campaign);
  const start = useImportScores(campaign);
  const [file, setFile] = useState<File | null>(null);
  const [simulated, setSimulated] = useState(false);
  const [columns, setColumns] = useState<Record<string, string>>({});
  const sent = send.data;
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setColumns({});
    send.reset();
    start.reset();
    if (chosen) send.mutate(chosen);
  };
  const begin = (dry_run: boolean) => {
    if (sent) start.mutate({ file: sent.id, simulated, columns, dry_run });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin(false);
  };
  const isReady = sent?.missing.every((column) => columns[column]);
  return (
    <Section title={t("import.title")}>
      <Text c="dimmed" mb="sm">
        {t("import.hint")}
      </Text>
      <form onSubmit={submit}>
        <Group align="center">
          <FileInput
            w={260}
            accept=".csv,text/csv,.json,application/json"
            aria-label={t("import.file")}
            placeholder={t("import.file")}
            value={file}
            onChange={choose}
          />
          <Checkbox
            label={t("import.simulated")}
            checked={simulated}
            onChange={(event) => setSimulated(event.currentTarget.checked)}
          />
          <Button
            variant="default"
            disabled={!isReady}
            loading={start.isPending && start.variables.dry_run}
            onClick={() => begin(true)}
          >
            {t("import.check")}
          </Button>
          <Button
            type="submit"
            variant="default"
            disabled={!isReady}
            loading={start.isPending && !start.variables.dry_run}
          >
            {t("import.submit")}
          </Button>
        </Group>
        {send.isPending && (
          <Text mt="xs" size="sm" c="dimmed" role="status">
            {t("import.sending")}
          </Text>
        )}
        {sent && <FileFacts file={sent} />}
        {sent && sent.missing.length > 0 && (
          <ColumnChoice file={sent} columns={columns} onChange={setColumns} />
        )}
      </form>
      {send.error && <Failure error={send.error} />}
      {start.error && <Failure error={start.error} />}
      {start.data && <ImportedScores key={start.data.id} job={start.data.id} campaign={campaign} />}
    </Section>
  );
}

function FileFacts({ file }: { file: ScoreFile }) {
  const { t } = useTranslation("campaigns");
  return (
    <Text mt="xs" size="sm" c="dimmed">
      {[t(`import.kind.${file.kind}`), bytes(file.bytes), file.encoding].join(" · ")}
    </Text>
  );
}
