/** Which things of a version's lineage are drawn, and which of them a line joins. */
import type { Schemas } from "@/api/client";

export type Lineage = Schemas["Lineage"];
export type Relative = Schemas["Relative"];
export type Relatives = Schemas["Relatives"];
export type Kind = Exclude<keyof Lineage, "version">;

/** What a version came from stands left of it, what stands on it to the right. */
export const COLUMNS = [
  ["imports", "sources"],
  ["campaigns"],
  ["parents", "version", "children"],
  ["feature_sets", "exports"],
  ["runs"],
] as const satisfies readonly (readonly (Kind | "version")[])[];

/** As many of a kind are drawn; the rest is counted. */
export const DRAWN = 8;

export type Edge = readonly [from: string, to: string];

/** Lines from what something was made of to it; ends are ids of things, or the kind for all of it. */
export function edgesOf(lineage: Lineage): Edge[] {
  const drawn = (kind: Kind) => lineage[kind].shown.slice(0, DRAWN).map((one) => one.id);
  const sets = new Set(drawn("feature_sets"));
  const campaigns = drawn("campaigns");
  const edges: Edge[] = campaigns.flatMap((id) => [["sources", id] as const, [id, "version"] as const]);
  if (campaigns.length === 0) edges.push(["sources", "version"]);
  if (lineage.imports.total > 0) edges.push(["imports", "sources"]);
  if (lineage.parents.total > 0) edges.push(["parents", "version"]);
  if (lineage.children.total > 0) edges.push(["version", "children"]);
  if (lineage.exports.total > 0) edges.push(["version", "exports"]);
  for (const id of sets) edges.push(["version", id]);
  for (const run of lineage.runs.shown.slice(0, DRAWN))
    for (const set of run.on) if (sets.has(set)) edges.push([set, run.id]);
  return edges;
}

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The path of a line: from the right side to the left one, or straight down within a column. */
export function pathBetween(from: Box, to: Box): string {
  if (to.left < from.right) {
    const x = (Math.max(from.left, to.left) + Math.min(from.right, to.right)) / 2;
    return `M${x} ${from.bottom}V${to.top}`;
  }
  const [y1, y2] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2];
  const bend = (to.left - from.right) / 2;
  return `M${from.right} ${y1}C${from.right + bend} ${y1} ${to.left - bend} ${y2} ${to.left} ${y2}`;
}
