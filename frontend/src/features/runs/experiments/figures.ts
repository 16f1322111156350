/** How a score over several seeds reads. */
import { decimal, percent } from "@/shared/format";
import { isShare, type MetricName } from "../metrics";
import type { Spread } from "./hooks";

/** Percentages with one digit, the others with three, as everywhere. */
export function figure(name: MetricName, value: number | null | undefined): string {
  return isShare(name) ? percent(value) : decimal(value);
}

/** A difference of two scores, with its sign. */
export function effectText(name: MetricName, value: number | null | undefined): string {
  const text = figure(name, value);
  return value && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** Mean and standard deviation; a single run has none. */
export function spreadText(name: MetricName, spread: Spread | null | undefined): string {
  if (!spread) return "–";
  const mean = figure(name, spread.mean);
  return spread.deviation === null ? mean : `${mean} ± ${figure(name, spread.deviation)}`;
}

/** An interval in the same digits. */
export function intervalText(name: MetricName, interval: readonly number[] | null | undefined): string {
  return interval ? `${figure(name, interval[0])} – ${figure(name, interval[1])}` : "–";
}
