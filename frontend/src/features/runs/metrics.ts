/** The metrics of a prediction: how each reads, and how many clips stand behind it. */
import { decimal, percent } from "@/shared/format";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import type { Metrics, Run } from "./hooks";

export const METRICS = ["acc2", "f1", "acc2_weak", "acc3", "acc5", "mae", "corr", "r2"] as const;
export type MetricName = (typeof METRICS)[number];

const SHARES: readonly MetricName[] = ["acc2", "f1", "acc2_weak", "acc3", "acc5"];
const WEAK = 0.4;
/** Labels are multiples of 0.2 in floating point. */
const ROUNDING = 1e-9;

export function isShare(name: MetricName): boolean {
  return SHARES.includes(name);
}

/** The scores on the test split of what the run is meant to predict. */
export function mainMetrics(run: Run): Metrics | undefined {
  return run.metrics?.test[run.main_task];
}

/** What is predicted, in the order of the modalities: all four, or the one task of a unimodal model. */
export function tasksOf(found: Partial<Record<Modality, unknown>>): Modality[] {
  return MODALITIES.filter((modality) => found[modality]);
}

/** Shares as percentages with one digit, the others with three. */
export function metricText(name: MetricName, metrics: Metrics | null | undefined): string {
  const value = metrics?.[name];
  return isShare(name) ? percent(value) : decimal(value);
}

/** How many clips have a label that a prediction was scored against, and how many of these labels are weak. */
export function sizes(labels: readonly (number | null)[]): { n: number; weak: number } {
  const truths = labels.filter((truth) => truth !== null);
  return { n: truths.length, weak: truths.filter((truth) => Math.abs(truth) <= WEAK + ROUNDING).length };
}
