/** Which runs the table shows, and in which order: both stand in the address. */
import type { Run } from "./hooks";
import { isShare, METRICS, type MetricName, mainMetrics } from "./metrics";

export const FILTERS = ["version", "model", "recipe", "state"] as const;
export type Filter = (typeof FILTERS)[number];

/** The metrics that the table has room for. */
export const SHOWN_METRICS: readonly MetricName[] = METRICS.filter((name) => name !== "acc3");
export const COLUMNS = ["created", "version", "model", "recipe", "seed", "state"] as const;
export type Column = (typeof COLUMNS)[number] | MetricName;

export interface Order {
  column: Column;
  descending: boolean;
}

const NEWEST_FIRST: Order = { column: "created", descending: true };

/** The order that an address asks for, e.g. "-acc2"; newest first when it asks for none. */
export function orderOf(asked: string | null): Order {
  const name = asked?.replace(/^-/, "");
  const column = [...COLUMNS, ...METRICS].find((one) => one === name);
  return column ? { column, descending: asked?.startsWith("-") ?? false } : NEWEST_FIRST;
}

/** The address of the order that a click on a column's head asks for: the best first, then the other way round. */
export function nextOrder(order: Order, column: Column): string {
  const bestFirst =
    column === "created" || column === "corr" || column === "r2" || isShare(column as MetricName);
  const descending = order.column === column ? !order.descending : bestFirst;
  return (descending ? "-" : "") + column;
}

export function filterValue(run: Run, filter: Filter): string {
  const values = { version: run.version, model: run.model, recipe: run.recipe_name, state: run.state };
  return values[filter];
}

/** Runs that pass every filter given, in this order; those without the value come last either way. */
export function arranged(runs: readonly Run[], wanted: Partial<Record<Filter, string>>, order: Order): Run[] {
  const passing = runs.filter((run) =>
    FILTERS.every((filter) => !wanted[filter] || filterValue(run, filter) === wanted[filter]),
  );
  const direction = order.descending ? -1 : 1;
  return passing.sort((one, other) => {
    const [left, right] = [keyOf(one, order.column), keyOf(other, order.column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return left < right ? -direction : left > right ? direction : 0;
  });
}

function keyOf(run: Run, column: Column): string | number | null {
  switch (column) {
    case "created":
      return run.created_at;
    case "version":
      return versionKey(run.version_number);
    case "model":
      return run.model;
    case "recipe":
      return `${run.recipe_name} ${run.semi} ${run.ablation}`;
    case "seed":
      return run.seed;
    case "state":
      return run.state;
    default:
      return mainMetrics(run)?.[column] ?? null;
  }
}

/** Version numbers in their own order: 1.10.0 comes after 1.9.0. */
function versionKey(number: string): string {
  return number
    .split(".")
    .map((part) => part.padStart(6, "0"))
    .join(".");
}
