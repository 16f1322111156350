/** Seconds that a person had a clip before their eyes: time with the tab hidden does not count. */
import { useEffect, useRef } from "react";

export class Stopwatch {
  private passed = 0;
  private since: number | null;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.since = now();
  }

  pause(): void {
    if (this.since === null) return;
    this.passed += this.now() - this.since;
    this.since = null;
  }

  go(): void {
    this.since ??= this.now();
  }

  /** Seconds so far, to the hundredth. */
  get seconds(): number {
    const running = this.since === null ? 0 : this.now() - this.since;
    return Math.round((this.passed + running) / 10) / 100;
  }
}

/** A stopwatch that starts anew with every clip. */
export function useStopwatch(clip: string | undefined) {
  const watch = useRef(new Stopwatch());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new clip starts a new watch
  useEffect(() => {
    watch.current = new Stopwatch();
    const onVisibility = () => (document.hidden ? watch.current.pause() : watch.current.go());
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    return () => document.removeEventListener("visibilitychange", onVisibility);
  }, [clip]);
  return watch;
}
