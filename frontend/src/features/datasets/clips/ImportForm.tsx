/** What to import from a folder on the server: videos with a table, a dataset's folder, or feature files. */
import { Button, Checkbox, SegmentedControl, Stack, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { Failure } from "@/shared/parts/Notices";
import type { useStartImport } from "./hooks";

type Kind = Schemas["ImportRequest"]["kind"];

interface ImportFormProps {
  start: ReturnType<typeof useStartImport>;
  onStarted: (job: string) => void;
}

export function ImportForm({ start, onStarted }: ImportFormProps) {
  const { t } = useTranslation("datasets");
  const [kind, setKind] = useState<Kind>("manifest");
  const [folder, setFolder] = useState("");
  const [manifest, setManifest] = useState("manifest.csv");
  const [files, setFiles] = useState<string[]>([]);
  const [unsupervised, setUnsupervised] = useState<string[]>([]);
  const [isWide, setIsWide] = useState(false);
  const [atomic, setAtomic] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = { manifest: { manifest }, chsims: {}, features: { files, unsupervised } }[kind];
    start.mutate(
      { kind, folder, atomic, scale: isWide && kind !== "manifest" ? 3 : 1, ...wanted },
      { onSuccess: (job) => onStarted(job.id) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          aria-label={t("import.kind")}
          value={kind}
          onChange={(value) => setKind(value as Kind)}
          data={(["manifest", "chsims", "features"] as const).map((value) => ({
            value,
            label: t(`import.${value}`),
          }))}
        />
        <TextInput
          label={t("import.folder")}
          description={t("import.folderHint")}
          required
          data-autofocus
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        {kind === "manifest" && (
          <TextInput
            label={t("import.table")}
            description={t("import.tableHint")}
            required
            value={manifest}
            onChange={(event) => setManifest(event.currentTarget.value)}
          />
        )}
        {kind === "features" && (
          <>
            <TagsInput
              label={t("import.files")}
              description={t("import.filesHint")}
              acceptValueOnBlur
              value={files}
              onChange={setFiles}
            />
            <TagsInput
              label={t("import.unsupervisedFiles")}
              acceptValueOnBlur
              value={unsupervised}
              onChange={setUnsupervised}
            />
          </>
        )}
        {kind !== "manifest" && (
          <Checkbox
            label={t("import.wide")}
            checked={isWide}
            onChange={(event) => setIsWide(event.currentTarget.checked)}
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
