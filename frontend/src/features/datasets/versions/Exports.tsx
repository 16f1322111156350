/** Files made from a version for people outside: made by a job, then downloaded. */
import { Button, Checkbox, Select, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/jobs";
import { type Export, useExports, useRequestExport } from "@/api/versions";
import { bytes, moment, shortHash } from "@/shared/format";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { FORMATS, type Format } from "./formats";

export function Exports({ version, withdrawn }: { version: string; withdrawn: boolean }) {
  const { t } = useTranslation("datasets");
  const [media, setMedia] = useState(true);
  const [format, setFormat] = useState<Format>("chsims");
  const [although, setAlthough] = useState(false);
  const list = useExports(version);
  const make = useRequestExport(version);
  const controls = (
    <>
      <Select
        aria-label={t("exports.format")}
        data={Object.entries(FORMATS).map(([value, label]) => ({ value, label }))}
        value={format}
        onChange={(value) => setFormat(value as Format)}
        allowDeselect={false}
        w={150}
      />
      <Checkbox
        label={t("exports.media")}
        checked={media}
        onChange={(event) => setMedia(event.currentTarget.checked)}
        style={{ alignSelf: "center" }}
      />
      {withdrawn && (
        <Checkbox
          label={t("exports.although")}
          checked={although}
          onChange={(event) => setAlthough(event.currentTarget.checked)}
          style={{ alignSelf: "center" }}
        />
      )}
      <Button
        variant="default"
        loading={make.isPending}
        disabled={withdrawn && !although}
        onClick={() => make.mutate({ format, include_media: media, although_withdrawn: although })}
      >
        {t("exports.make", { format: FORMATS[format] })}
      </Button>
    </>
  );
  return (
    <Section title={t("exports.title")} actions={controls}>
      {make.error && <Failure error={make.error} />}
      <Loaded query={list}>
        {(results) =>
          results.length === 0 ? (
            <Text c="dimmed">{t("exports.none")}</Text>
          ) : (
            <Scroll>
              <Table miw={560}>
                <Table.Tbody>
                  {results.map((row) => (
                    <ExportRow key={row.id} row={row} />
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )
        }
      </Loaded>
    </Section>
  );
}

function ExportRow({ row }: { row: Export }) {
  const { t, i18n } = useTranslation(["datasets", "shared"]);
  return (
    <Table.Tr>
      <Table.Td>
        {FORMATS[row.format as Format]}
        {row.include_media && `, ${t("exports.media")}`}
        <Text size="xs" c="dimmed">
          {moment(row.created_at, i18n.language)}
        </Text>
      </Table.Td>
      {row.download_url ? (
        <>
          <Table.Td ta="right">{bytes(row.bytes)}</Table.Td>
          <Table.Td>
            <code title={row.sha256}>{shortHash(row.sha256 ?? "")}</code>
          </Table.Td>
          <Table.Td ta="right">
            <Button component="a" href={row.download_url} download size="compact-sm">
              {t("shared:action.download")}
            </Button>
          </Table.Td>
        </>
      ) : (
        <Table.Td colSpan={3}>{row.job && <JobProgress job={row.job as Job} />}</Table.Td>
      )}
    </Table.Tr>
  );
}
