/** Transcripts with what in them tells of other modalities, to be corrected or confirmed. */
import { Button, SegmentedControl, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moment } from "@/shared/format";
import { Failure, Waiting } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { type Transcript, useReview, useTranscripts } from "./hooks";
import own from "./isolation.module.css";

export function Transcripts({ campaign, mayChange }: { campaign: string; mayChange: boolean }) {
  const { t } = useTranslation("isolation");
  const [reviewed, setReviewed] = useState(false);
  const query = useTranscripts(campaign, reviewed);
  const rows = query.data?.pages.flatMap((page) => page.results);
  return (
    <Section title={t("transcripts.title")}>
      <Text c="dimmed">{t("transcripts.hint")}</Text>
      <div className={own.filter}>
        <SegmentedControl
          value={reviewed ? "reviewed" : "waiting"}
          onChange={(value) => setReviewed(value === "reviewed")}
          data={(["waiting", "reviewed"] as const).map((value) => ({
            value,
            label: t(`transcripts.${value}`),
          }))}
        />
      </div>
      {query.error && <Failure error={query.error} retry={query.refetch} />}
      {!rows && !query.error && <Waiting />}
      {rows?.length === 0 && <Text c="dimmed">{t("transcripts.none")}</Text>}
      {rows && rows.length > 0 && (
        <Scroll>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("clip")}</Table.Th>
                <Table.Th className={own.wide}>{t("transcripts.transcript")}</Table.Th>
                <Table.Th>{t("transcripts.markers")}</Table.Th>
                <Table.Th>{reviewed && t("transcripts.by")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Row key={row.clip} campaign={campaign} row={row} mayChange={mayChange && !reviewed} />
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </Section>
  );
}

function Row({ campaign, row, mayChange }: { campaign: string; row: Transcript; mayChange: boolean }) {
  const { t, i18n } = useTranslation("isolation");
  const [text, setText] = useState(row.transcript);
  const review = useReview(campaign);
  const name = `${row.video_id} / ${row.clip_id}`;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>
        {mayChange ? (
          <TextInput
            aria-label={`${t("transcripts.transcript")} ${name}`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          row.transcript
        )}
        {review.error && <Failure error={review.error} />}
      </Table.Td>
      <Table.Td className={own.finding}>{row.markers.join(" ")}</Table.Td>
      <Table.Td>
        {mayChange ? (
          <Button
            size="compact-sm"
            variant="default"
            disabled={text.trim() === ""}
            loading={review.isPending}
            aria-label={`${t("transcripts.right")} ${name}`}
            onClick={() => review.mutate({ clip: row.clip, transcript: text })}
          >
            {t("transcripts.right")}
          </Button>
        ) : (
          row.reviewed_at && `${row.reviewed_by ?? "–"}, ${moment(row.reviewed_at, i18n.language)}`
        )}
      </Table.Td>
    </Table.Tr>
  );
}
