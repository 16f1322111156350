/** Scores that were given elsewhere, brought in from a table. */
import { Button, Checkbox, FileInput, Group, Select, Table, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { type ImportReport, useImportScores } from "./hooks";

const COLUMNS = ["video_id", "clip_id", "modality", "annotator", "score"];

/** The columns of a CSV file; none for JSON, whose places are known. */
function headerOf(beginning: string): string[] {
  const first = beginning.replace("\uFEFF", "").split(/\r?\n/, 1)[0] ?? "";
  if (first.trimStart().startsWith("[")) return [];
  const names = first.split(",").map((name) => name.trim().replace(/^"|"$/g, ""));
  return [...new Set(names.filter(Boolean))];
}

export function ImportScores({ campaign }: { campaign: string }) {
  const { t } = useTranslation("campaigns");
  const load = useImportScores(campaign);
  const [file, setFile] = useState<File | null>(null);
  const [simulated, setSimulated] = useState(false);
  const [header, setHeader] = useState<string[]>([]);
  const [columns, setColumns] = useState<Record<string, string>>({});
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setColumns({});
    load.reset();
    setHeader(chosen ? headerOf(await chosen.slice(0, 10_000).text()) : []);
  };
  const send = async (dry_run: boolean) => {
    if (file) load.mutate({ csv: await file.text(), simulated, columns, dry_run });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(false);
  };
  const isForeign = header.length > 0 && COLUMNS.some((column) => !header.includes(column));
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
          <Button variant="default" disabled={!file} loading={load.isPending} onClick={() => send(true)}>
            {t("import.check")}
          </Button>
          <Button type="submit" variant="default" disabled={!file} loading={load.isPending}>
            {t("import.submit")}
          </Button>
        </Group>
        {isForeign && (
          <Group mt="sm" gap="sm">
            {COLUMNS.map((column) => (
              <Select
                key={column}
                label={column}
                data={header}
                w={150}
                value={columns[column] ?? (header.includes(column) ? column : null)}
                onChange={(name) => setColumns({ ...columns, [column]: name ?? column })}
              />
            ))}
          </Group>
        )}
      </form>
      {load.error && <Failure error={load.error} />}
      {load.data && load.variables?.dry_run && <Text mt="sm">{t("import.checked")}</Text>}
      {load.data && <Report report={load.data} />}
    </Section>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation("campaigns");
  return (
    <div role="status" style={{ marginTop: 12 }}>
      <Facts
        of={[
          [t("import.added"), whole(report.added)],
          [t("import.superseded"), whole(report.superseded)],
          [t("import.unchanged"), whole(report.unchanged)],
          [t("import.bad"), whole(report.bad_rows.length)],
        ]}
      />
      {report.bad_rows.length > 0 && (
        <Table mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right" w={80}>
                {t("import.line")}
              </Table.Th>
              <Table.Th>{t("import.reason")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.bad_rows.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Td ta="right">{row.line}</Table.Td>
                <Table.Td>{row.reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  );
}
