/** Scores that were given elsewhere, brought in from a table. */
import { Button, Checkbox, FileInput, Group, Table, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { type ImportReport, useImportScores } from "./hooks";

export function ImportScores({ campaign }: { campaign: string }) {
  const { t } = useTranslation("campaigns");
  const load = useImportScores(campaign);
  const [file, setFile] = useState<File | null>(null);
  const [simulated, setSimulated] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (file) load.mutate({ csv: await file.text(), simulated });
  };
  return (
    <Section title={t("import.title")}>
      <Text c="dimmed" mb="sm">
        {t("import.hint")}
      </Text>
      <form onSubmit={submit}>
        <Group align="center">
          <FileInput
            w={260}
            accept=".csv,text/csv"
            aria-label={t("import.file")}
            placeholder={t("import.file")}
            value={file}
            onChange={setFile}
          />
          <Checkbox
            label={t("import.simulated")}
            checked={simulated}
            onChange={(event) => setSimulated(event.currentTarget.checked)}
          />
          <Button type="submit" variant="default" disabled={!file} loading={load.isPending}>
            {t("import.submit")}
          </Button>
        </Group>
      </form>
      {load.error && <Failure error={load.error} />}
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
