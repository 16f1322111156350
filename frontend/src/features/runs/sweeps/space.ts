/** The search space as a form holds it: text for each end, checked and turned into the API's shape. */
import type { Dimension } from "./hooks";

/** One line of the form; `range` is what a person typed. */
export interface SpaceLine {
  setting: string;
  kind: Dimension["kind"];
  range: string;
}

export const valuesOf = (dimension: Dimension): readonly (number | boolean)[] =>
  dimension.kind === "choice" ? (dimension.choices ?? []) : [dimension.low ?? 0, dimension.high ?? 0];

export function lineOf(dimension: Dimension): SpaceLine {
  const between = dimension.kind === "choice" ? ", " : " – ";
  return { setting: dimension.setting, kind: dimension.kind, range: valuesOf(dimension).join(between) };
}

/** The dimension that a line means; null where its range cannot be read. */
export function dimensionOf({ setting, kind, range }: SpaceLine): Dimension | null {
  const words = range
    .split(kind === "choice" ? /[,，、\s]+/ : /\s+[–-]\s+|[,，、]\s*|\s*–\s*/)
    .filter(Boolean);
  const values = words.map(readValue);
  if (values.length < 2 || values.some((value) => value === null)) return null;
  if (kind === "choice") return { setting, kind, choices: values as (number | boolean)[] };
  const [low, high] = values;
  if (values.length !== 2 || typeof low !== "number" || typeof high !== "number" || low >= high) return null;
  return { setting, kind, low, high };
}

function readValue(word: string): number | boolean | null {
  if (word === "true" || word === "false") return word === "true";
  const value = Number(word);
  return Number.isFinite(value) ? value : null;
}
