/** How the figures of the comparison are written: in the paper's units and with its digits. */

export type MetricName = "acc2" | "f1" | "acc2_weak" | "acc3" | "acc5" | "mae" | "corr" | "r2";

/** Lower is better. */
export const IS_ERROR: ReadonlySet<MetricName> = new Set(["mae"]);

export function figure(metric: MetricName, value: number): string {
  return value.toFixed(metric === "mae" ? 3 : 2).replace("-", "−");
}

interface Spread {
  mean: number;
  deviation: number | null;
}

/** "75.00 ± 7.07", without the deviation for a single seed; "–" when the metric is undefined. */
export function spreadText(metric: MetricName, spread: Spread | null | undefined): string {
  if (!spread) return "–";
  const mean = figure(metric, spread.mean);
  return spread.deviation === null ? mean : `${mean} ± ${figure(metric, spread.deviation)}`;
}

/** How many seeds a row was measured with; 0 while nothing ran. */
export function seedsOf(ours: Record<string, { runs: number } | null | undefined>): number {
  return Math.max(0, ...Object.values(ours).map((spread) => spread?.runs ?? 0));
}

/** "lsa · egemaps · landmarks"; a dash where nothing that was trained reads that modality. */
export function featuresText(choice: string): string {
  return choice
    .split("+")
    .map((name) => name || "–")
    .join(" · ");
}
