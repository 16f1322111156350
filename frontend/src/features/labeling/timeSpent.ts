/** Seconds that a person was at work on a clip: neither a hidden tab nor a pause without any sign of life counts. */
import { useEffect, useRef } from "react";

/** After this many milliseconds without key, pointer or playing media nobody is taken to be there. */
const IDLE_AFTER = 30_000;

export class Stopwatch {
  private passed = 0;
  /** When the person was last seen; null while the tab is hidden. */
  private seen: number | null;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.seen = now();
  }

  /** A sign of life: what lies between it and the one before counts, up to where idleness begins. */
  touch(): void {
    if (this.seen === null) return;
    const now = this.now();
    this.passed += Math.min(now - this.seen, IDLE_AFTER);
    this.seen = now;
  }

  pause(): void {
    this.touch();
    this.seen = null;
  }

  go(): void {
    this.seen ??= this.now();
  }

  /** Seconds so far, to the hundredth. */
  get seconds(): number {
    this.touch();
    return Math.round(this.passed / 10) / 100;
  }
}

const SIGNS = ["keydown", "pointerdown", "pointermove"] as const;

/** A stopwatch that starts anew with every clip. */
export function useStopwatch(clip: string | undefined) {
  const watch = useRef(new Stopwatch());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new clip starts a new watch
  useEffect(() => {
    watch.current = new Stopwatch();
    const onVisibility = () => (document.hidden ? watch.current.pause() : watch.current.go());
    const onSign = () => watch.current.touch();
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true });
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign);
    };
  }, [clip]);
  return watch;
}
