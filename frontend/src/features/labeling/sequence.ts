/** Which clip comes next: what the server offers, less what was answered here and is still on its way. */
import type { QueueEntry, TakenBack } from "./hooks";

export type Shown = QueueEntry & Partial<Pick<TakenBack, "score" | "reason">>;

/** Clips left to rate, the one to show first; a clip that was taken back goes before all others. */
export function upcoming(
  queue: readonly QueueEntry[],
  answered: ReadonlySet<string>,
  takenBack: TakenBack | null,
): Shown[] {
  const left = queue.filter((entry) => !answered.has(entry.assignment));
  if (!takenBack) return left;
  return [takenBack, ...left.filter((entry) => entry.assignment !== takenBack.assignment)];
}
