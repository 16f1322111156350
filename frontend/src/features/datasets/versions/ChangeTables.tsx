/** Each kind of change in a table of its own; kinds without a change are left out. */
import { Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { clipName, signed, whole } from "@/shared/format";
import { LabelChip, ModalityMark, ScoreChip } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { isModality } from "@/shared/vocabulary/modality";
import own from "../datasets.module.css";
import type { ChangeKind } from "./changes";
import type { Difference } from "./hooks";
import { WhoseScores } from "./WhoseScores";

export function ChangeTables({ found }: { found: Difference }) {
  return (
    <>
      <WhoseScores of={found.annotators} />
      <LabelChanges found={found} kind="labels" />
      <SplitChanges found={found} />
      <Names found={found} kind="added" />
      <Names found={found} kind="removed" />
      <TextChanges found={found} />
      <Names found={found} kind="media" />
      <RuleChanges found={found} />
      <ProvenanceChanges found={found} />
      <LabelChanges found={found} kind="rescored" />
    </>
  );
}

interface KindProps {
  found: Difference;
  kind: ChangeKind;
  children: ReactNode;
}

/** A section of one kind with its title and how many of them are shown. */
function Kind({ found, kind, children }: KindProps) {
  const { t } = useTranslation("versions");
  const [shown, all] = [found[kind].length, found.counts[kind]];
  if (all === 0) return null;
  return (
    <Section title={t(`changes.kind.${kind}`)}>
      <Scroll>{children}</Scroll>
      {shown < all && (
        <Text size="xs" c="dimmed" mt={4}>
          {t("changes.shown", { shown: whole(shown), all: whole(all) })}
        </Text>
      )}
    </Section>
  );
}

function Head({ columns }: { columns: readonly string[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map((name) => (
          <Table.Th key={name}>{name}</Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

function LabelChanges({ found, kind }: { found: Difference; kind: "labels" | "rescored" }) {
  const { t } = useTranslation("versions");
  const columns = (["clip", "modality", "before", "after", "by", "scores"] as const).map((name) =>
    t(`changes.${name}`),
  );
  return (
    <Kind found={found} kind={kind}>
      <Table miw={640}>
        <Head columns={columns} />
        <Table.Tbody>
          {found[kind].map((one) => (
            <Table.Tr key={one.clip + one.modality}>
              <Table.Td>{clipName(one.clip)}</Table.Td>
              <Table.Td>{isModality(one.modality) && <ModalityMark modality={one.modality} />}</Table.Td>
              <Table.Td>
                <LabelChip value={one.before} />
              </Table.Td>
              <Table.Td>
                <LabelChip value={one.after} />
              </Table.Td>
              <Table.Td>{one.by ? signed(one.by) : "–"}</Table.Td>
              <Table.Td>
                {one.scores.length === 0 && t("changes.noScore")}
                {one.scores.map((score) => (
                  <span key={score.annotator} className={own.scoreChange}>
                    {score.annotator} <Score of={score.before} /> → <Score of={score.after} />
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Kind>
  );
}

function Score({ of }: { of: number | null }) {
  const { t } = useTranslation("versions");
  return of === null ? t("changes.noScore") : <ScoreChip score={of} />;
}

function SplitChanges({ found }: { found: Difference }) {
  const { t } = useTranslation(["versions", "shared"]);
  const name = (split: string | null) =>
    split === "train" || split === "valid" || split === "test"
      ? t(`shared:split.${split}`)
      : t("changes.noSplit");
  return (
    <Kind found={found} kind="splits">
      <Table>
        <Head columns={[t("changes.clip"), t("changes.before"), t("changes.after")]} />
        <Table.Tbody>
          {found.splits.map((one) => (
            <Table.Tr key={one.clip}>
              <Table.Td>{clipName(one.clip)}</Table.Td>
              <Table.Td>{name(one.before)}</Table.Td>
              <Table.Td>{name(one.after)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Kind>
  );
}

function Names({ found, kind }: { found: Difference; kind: "added" | "removed" | "media" }) {
  return (
    <Kind found={found} kind={kind}>
      <ul className={own.wordsList}>
        {found[kind].map((clip) => (
          <li key={clip}>{clipName(clip)}</li>
        ))}
      </ul>
    </Kind>
  );
}

function TextChanges({ found }: { found: Difference }) {
  const { t } = useTranslation("versions");
  return (
    <Kind found={found} kind="transcripts">
      <Table miw={480}>
        <Head columns={[t("changes.clip"), t("changes.before"), t("changes.after")]} />
        <Table.Tbody>
          {found.transcripts.map((one) => (
            <Table.Tr key={one.clip}>
              <Table.Td>{clipName(one.clip)}</Table.Td>
              <Table.Td>{one.before}</Table.Td>
              <Table.Td>{one.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Kind>
  );
}

function RuleChanges({ found }: { found: Difference }) {
  const { t } = useTranslation("versions");
  return (
    <Kind found={found} kind="rules">
      <Table>
        <Head columns={[t("changes.rule"), t("changes.before"), t("changes.after")]} />
        <Table.Tbody>
          {found.rules.map((one) => (
            <Table.Tr key={one.rule}>
              <Table.Td>{t(`changes.rules.${one.rule as "aggregation" | "seed" | "grouping"}`)}</Table.Td>
              <Table.Td>{one.before}</Table.Td>
              <Table.Td>{one.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Kind>
  );
}

function ProvenanceChanges({ found }: { found: Difference }) {
  const { t } = useTranslation("versions");
  return (
    <Kind found={found} kind="provenance">
      <Table miw={480}>
        <Head columns={[t("changes.what"), t("changes.before"), t("changes.after")]} />
        <Table.Tbody>
          {found.provenance.map((one) => (
            <Table.Tr key={one.video_id + one.what}>
              <Table.Td>
                {t(`provenance.${one.what as "licence"}`)}
                {one.video_id && ` · ${one.video_id}`}
              </Table.Td>
              <Table.Td>{one.before || "–"}</Table.Td>
              <Table.Td>{one.after || "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Kind>
  );
}
