/** Near-identical transcripts and videos in different splits: how far the search is, then what it found. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { hasEnded, type Job } from "@/api/jobs";
import { percent, whole } from "@/shared/format";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Scroll } from "@/shared/parts/Scroll";
import own from "../datasets.module.css";
import { useLeaks, useSearchLeaks } from "./hooks";

export function Copies({ version }: { version: string }) {
  const { t } = useTranslation("versions");
  const report = useLeaks(version);
  const search = useSearchLeaks(version);
  return (
    <Loaded query={report}>
      {({ leaks, job }) => (
        <>
          {leaks && <Found kind="transcripts" found={leaks.transcripts} />}
          {leaks && <Found kind="media" found={leaks.media} />}
          {job && !(leaks && hasEnded(job)) && <JobProgress job={job as Job} />}
          {!leaks && (!job || hasEnded(job)) && (
            <Button mt="sm" variant="default" loading={search.isPending} onClick={() => search.mutate()}>
              {t("splits.search")}
            </Button>
          )}
          {search.error && <Failure error={search.error} />}
        </>
      )}
    </Loaded>
  );
}

function Found({ kind, found }: { kind: "transcripts" | "media"; found: Schemas["Copies"] }) {
  const { t } = useTranslation("versions");
  const counts = { compared: whole(found.compared) };
  if (found.found === 0) return <Text mt={4}>{t(`splits.none.${kind}`, counts)}</Text>;
  return (
    <details className={own.leftOut}>
      <summary>{t(`splits.found.${kind}`, { ...counts, count: found.found })}</summary>
      <Scroll>
        <Table miw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("splits.clip")}</Table.Th>
              <Table.Th>{t("splits.other")}</Table.Th>
              <Table.Th ta="right">{t("splits.likeness")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.pairs.map((pair) => (
              <Table.Tr key={pair.first + pair.second}>
                <Side clip={pair.first} split={pair.splits[0]} />
                <Side clip={pair.second} split={pair.splits[1]} />
                <Table.Td ta="right">{percent(pair.likeness)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </details>
  );
}

function Side({ clip, split }: { clip: string; split: string | undefined }) {
  const { t } = useTranslation("shared");
  return (
    <Table.Td>
      {clip} <span className={own.note}>{t(`split.${split as "train" | "valid" | "test"}`)}</span>
    </Table.Td>
  );
}
