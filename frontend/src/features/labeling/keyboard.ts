/** What each key does on the labeling page. */
import { useEffect, useRef } from "react";
import type { Score } from "@/shared/vocabulary/scale";

export type Command =
  | { kind: "answer"; score: Score }
  | { kind: "select"; step: -1 | 1 }
  | { kind: "confirm" }
  | { kind: "play" }
  | { kind: "undo" }
  | { kind: "flag" }
  | { kind: "standards" }
  | { kind: "help" };

interface Pressed {
  key: string;
  repeat?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
}

/** The command of a key press; null for keys that mean nothing here, held keys and shortcuts of the browser. */
export function commandOf(pressed: Pressed): Command | null {
  if (pressed.repeat || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  if (/^[1-7]$/.test(pressed.key)) return { kind: "answer", score: (Number(pressed.key) - 4) as Score };
  switch (pressed.key) {
    case "ArrowLeft":
      return { kind: "select", step: -1 };
    case "ArrowRight":
      return { kind: "select", step: 1 };
    case "Enter":
      return { kind: "confirm" };
    case " ":
      return { kind: "play" };
    case "u":
    case "U":
      return { kind: "undo" };
    case "x":
    case "X":
      return { kind: "flag" };
    case "s":
    case "S":
      return { kind: "standards" };
    case "?":
    case "？":
      return { kind: "help" };
    default:
      return null;
  }
}

/** The neighbour of a choice on the scale; from no choice the first step lands on neutral. */
export function moveChoice(choice: Score | null, step: -1 | 1): Score {
  if (choice === null) return 0;
  return Math.min(3, Math.max(-3, choice + step)) as Score;
}

/** Runs commands from the keyboard, except while a dialog is open or a control other than a score has the focus. */
export function useCommands(run: (command: Command) => void, enabled: boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (!command || belongsToControl(event.target, command)) return;
      event.preventDefault();
      latest.current(command);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [enabled]);
}

/** Enter and space act on the button or link that has the focus, as everywhere. */
function belongsToControl(target: EventTarget | null, command: Command): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [role=menu]")) return true;
  return (
    (command.kind === "confirm" || command.kind === "play") && target.closest("button, a, summary") !== null
  );
}
