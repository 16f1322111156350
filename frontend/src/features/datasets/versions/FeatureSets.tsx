/** Arrays extracted from a version: what there is, what failed, and how to extract more. */
import { Button, Group, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import {
  type ChosenExtractors,
  FEATURE_MODALITIES,
  type FeatureSet,
  useExtract,
  useExtractors,
  useFeatureSets,
} from "@/api/features";
import { hasEnded } from "@/api/jobs";
import { IMPORTED, madeBy, missingOf, proposed } from "@/shared/features/choices";
import { ExtractorSelect } from "@/shared/features/ExtractorSelect";
import { percent, whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Said } from "@/shared/parts/Said";
import { Scroll } from "@/shared/parts/Scroll";
import own from "../datasets.module.css";

const HEADERS = ["extractor", "dimension", "rate", "frames", "found", "failed", "state"] as const;

export function FeatureSets({ version }: { version: string }) {
  const { t } = useTranslation("datasets");
  const sets = useFeatureSets(version);
  return (
    <Section title={t("features.title")}>
      <Loaded query={sets}>
        {(rows) =>
          rows.length === 0 ? (
            <Text c="dimmed">{t("features.none")}</Text>
          ) : (
            <Scroll>
              <Table miw={720}>
                <Table.Thead>
                  <Table.Tr>
                    {HEADERS.map((name) => (
                      <Table.Th key={name} ta={name === "extractor" || name === "state" ? "left" : "right"}>
                        {t(`features.${name}`)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <FeatureRow key={row.id} row={row} />
                  ))}
                </Table.Tbody>
              </Table>
            </Scroll>
          )
        }
      </Loaded>
      {jobsUnderWay(sets.data ?? []).map((job) => (
        <FollowedJob key={job} id={job} />
      ))}
      <ExtractForm version={version} sets={sets.data ?? []} />
    </Section>
  );
}

/** One job may make several feature sets. */
function jobsUnderWay(sets: readonly FeatureSet[]): string[] {
  return [...new Set(sets.flatMap((one) => (one.job && !hasEnded(one) ? [one.job] : [])))];
}

/** Frames per second; null for one vector a clip. What came with an import does not say. */
function rate({ state, extractor, rate }: FeatureSet): string | null {
  return state !== "succeeded" || extractor === IMPORTED ? "–" : (rate?.toFixed(0) ?? null);
}

function FeatureRow({ row }: { row: FeatureSet }) {
  const { t } = useTranslation(["datasets", "shared"]);
  return (
    <Table.Tr>
      <Table.Td>
        <ModalityMark modality={row.modality} /> <code>{row.extractor}</code>
      </Table.Td>
      <Table.Td ta="right">{row.dimension || "–"}</Table.Td>
      <Table.Td ta="right">{rate(row) ?? t("features.perClip")}</Table.Td>
      <Table.Td ta="right">{whole(row.frames)}</Table.Td>
      <Table.Td ta="right">{percent(row.found?.overall)}</Table.Td>
      <Table.Td ta="right">
        {row.failures.length === 0 ? t("features.noFailures") : <Failures of={row} />}
      </Table.Td>
      <Table.Td>{t(`shared:job.${row.state}`)}</Table.Td>
    </Table.Tr>
  );
}

function Failures({ of: set }: { of: FeatureSet }) {
  const { t } = useTranslation("datasets");
  const extract = useExtract(set.version);
  return (
    <details>
      <summary>{t("features.failures", { count: set.failures.length })}</summary>
      <ul className={own.failures}>
        {set.failures.map(({ clip, reason }) => (
          <li key={clip}>
            {clip}: <Said of={reason} />
          </li>
        ))}
      </ul>
      {hasEnded(set) && set.extractor !== IMPORTED && (
        <Button
          size="compact-xs"
          variant="default"
          loading={extract.isPending}
          onClick={() => extract.mutate({ [set.modality]: set.extractor, retry_failed: true })}
        >
          {t("features.retry")}
        </Button>
      )}
      {extract.error && <Failure error={extract.error} />}
    </details>
  );
}

function ExtractForm({ version, sets }: { version: string; sets: readonly FeatureSet[] }) {
  const { t } = useTranslation("datasets");
  const extractors = useExtractors().data ?? [];
  const extract = useExtract(version);
  const [changes, setChanges] = useState<Partial<ChosenExtractors>>({});
  const chosen = { ...proposed(sets, extractors), ...changes };
  const wanted = missingOf(chosen, sets);
  return (
    <Group align="end" mt="md" gap="sm">
      {FEATURE_MODALITIES.map((modality) => (
        <ExtractorSelect
          key={modality}
          modality={modality}
          value={chosen[modality]}
          made={madeBy(sets, modality)}
          onChange={(name) => setChanges((before) => ({ ...before, [modality]: name }))}
        />
      ))}
      <Button
        variant="default"
        loading={extract.isPending}
        disabled={Object.keys(wanted).length === 0}
        onClick={() => extract.mutate(wanted as Schemas["FeatureRequestRequest"])}
      >
        {t("features.extract")}
      </Button>
      {extract.error && <Failure error={extract.error} />}
    </Group>
  );
}
