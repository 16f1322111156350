/** Clips whose score an admin gives with a reason: class standards, or those of the calibration. */
import { Button, SegmentedControl, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ScoreChip } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { type Reference, type Use, useReferences, useSetReference } from "./hooks";
import own from "./preparation.module.css";
import { ReferenceDialog } from "./ReferenceDialog";

interface ReferencesProps {
  use: Use;
  project: string;
  campaign: string;
  mayChange: boolean;
}

export function References({ use, project, campaign, mayChange }: ReferencesProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const [modality, choose] = useState<Modality>("text");
  const query = useReferences(campaign, use, modality);
  const [asking, ask] = useDisclosure(false);
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const button = mayChange && (
    <Button variant="default" onClick={ask.open}>
      {t(`references.add.${use}`)}
    </Button>
  );
  return (
    <Section title={t(`references.title.${use}`)} actions={button}>
      <Text c="dimmed">{t(`references.hint.${use}`)}</Text>
      <div className={own.stages}>
        <SegmentedControl
          aria-label={t("references.stage")}
          value={modality}
          onChange={choose}
          data={MODALITIES.map((value) => ({ value, label: t(`shared:modality.${value}`) }))}
        />
      </div>
      <Loaded query={query}>
        {() =>
          rows.length === 0 ? (
            <Text mt="sm">{t("references.none")}</Text>
          ) : (
            <ReferenceTable campaign={campaign} rows={rows} mayChange={mayChange} />
          )
        }
      </Loaded>
      {query.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void query.fetchNextPage()}>
          {t("shared:action.more")}
        </Button>
      )}
      <ReferenceDialog
        use={use}
        first={modality}
        project={project}
        campaign={campaign}
        opened={asking}
        onClose={ask.close}
      />
    </Section>
  );
}

interface TableProps {
  campaign: string;
  rows: readonly Reference[];
  mayChange: boolean;
}

function ReferenceTable({ campaign, rows, mayChange }: TableProps) {
  const { t } = useTranslation("preparation");
  return (
    <Scroll>
      <Table mt="sm">
        <Table.Thead>
          <Table.Tr>
            {(["clip", "score", "why", "shown"] as const).map((head) => (
              <Table.Th key={head}>{t(`references.${head}`)}</Table.Th>
            ))}
            {mayChange && <Table.Td />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.id} campaign={campaign} row={row} mayChange={mayChange} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Row({ campaign, row, mayChange }: { campaign: string; row: Reference; mayChange: boolean }) {
  const { t } = useTranslation("preparation");
  const set = useSetReference(campaign);
  const name = `${row.video_id} / ${row.clip_id}`;
  const { clip, modality, score, reason } = row;
  return (
    <Table.Tr>
      <Table.Td className={own.name}>
        {name}
        {row.is_rated && <div className={own.warning}>{t("references.isRated")}</div>}
      </Table.Td>
      <Table.Td>
        <ScoreChip score={score} />
      </Table.Td>
      <Table.Td className={own.reason}>{reason}</Table.Td>
      <Table.Td>
        <AsShown row={row} name={name} />
      </Table.Td>
      {mayChange && (
        <Table.Td>
          <Button
            size="compact-sm"
            variant="default"
            loading={set.isPending}
            aria-label={`${t("references.takeBack")}: ${name}`}
            onClick={() => set.mutate({ clip, modality, score, reason, use: "none", although_rated: false })}
          >
            {t("references.takeBack")}
          </Button>
          {set.error && <Failure error={set.error} />}
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** What annotators are shown of it; nothing of another modality stands in this column. */
function AsShown({ row, name }: { row: Reference; name: string }) {
  const { t } = useTranslation("preparation");
  if (row.modality === "text") return <span lang="zh-CN">{row.transcript}</span>;
  if (!row.media_url) return <span className={own.warning}>{t("references.noFile")}</span>;
  const Player = row.modality === "audio" ? "audio" : "video";
  return <Player controls preload="none" className={own.player} aria-label={name} src={row.media_url} />;
}
