/** Whether a break is due, and that one was told so. */

interface Work {
  work_seconds: number;
  break_after_seconds: number;
}

/** `told`: the work at which a break was last suggested and dismissed; a break taken since makes it start anew. */
export function breakIsDue({ work_seconds, break_after_seconds }: Work, told: number): boolean {
  const since = work_seconds >= told ? work_seconds - told : work_seconds;
  return since >= break_after_seconds;
}

const keyOf = (campaign: string) => `cueset-break:${campaign}`;

export function toldAt(campaign: string): number {
  return Number(sessionStorage.getItem(keyOf(campaign))) || 0;
}

export function rememberTold(campaign: string, work: number): void {
  sessionStorage.setItem(keyOf(campaign), String(work));
}
