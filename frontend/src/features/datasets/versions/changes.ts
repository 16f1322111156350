/** Changes between two versions as rows of a table. */
import type { Schemas } from "@/api/client";
import type { Cell } from "@/shared/charts/csv";
import type { Difference } from "./hooks";

export const CHANGE_KINDS = [
  "added",
  "removed",
  "labels",
  "splits",
  "transcripts",
  "media",
  "rules",
  "provenance",
  "rescored",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One row a change: kind, clip (or rule), modality, before, after, and the scores behind a label. */
export function changeRows(found: Difference): Cell[][] {
  const labels = (kind: "labels" | "rescored") =>
    found[kind].map((one) => [
      kind,
      one.clip,
      one.modality,
      one.before,
      one.after,
      one.scores.map(scoreWords).join("; "),
    ]);
  return [
    ...found.added.map((clip) => ["added", clip]),
    ...found.removed.map((clip) => ["removed", clip]),
    ...labels("labels"),
    ...labels("rescored"),
    ...found.splits.map((one) => ["splits", one.clip, null, one.before, one.after]),
    ...found.transcripts.map((one) => ["transcripts", one.clip, null, one.before, one.after]),
    ...found.media.map((clip) => ["media", clip]),
    ...found.rules.map((one) => ["rules", one.rule, null, one.before, one.after]),
    ...found.provenance.map((one) => [
      "provenance",
      one.video_id ? `${one.video_id} ${one.what}` : one.what,
      null,
      one.before,
      one.after,
    ]),
  ];
}

/** One annotator's change, e.g. "A3: -1 → 2". */
export function scoreWords({ annotator, before, after }: Schemas["ScoreChange"]): string {
  return `${annotator}: ${before ?? "–"} → ${after ?? "–"}`;
}
