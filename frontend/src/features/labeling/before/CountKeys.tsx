/** Numbers to answer a count with, by finger or digit. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { COUNTS } from "./beeps";
import look from "./before.module.css";

interface CountKeysProps {
  disabled: boolean;
  /** While a dialog is open the digits rest. */
  paused: boolean;
  onCount: (count: number) => void;
}

export function CountKeys({ disabled, paused, onCount }: CountKeysProps) {
  const { t } = useTranslation("labeling");
  useDigits(onCount, !disabled && !paused);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame of its own
    <div className={look.counts} role="group" aria-label={t("check.count")}>
      {COUNTS.map((count) => (
        <Button
          key={count}
          variant="default"
          disabled={disabled}
          aria-keyshortcuts={String(count)}
          onClick={() => onCount(count)}
        >
          {count}
        </Button>
      ))}
    </div>
  );
}

function useDigits(onCount: (count: number) => void, enabled: boolean): void {
  const latest = useRef(onCount);
  latest.current = onCount;
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      const count = Number(event.key);
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (COUNTS.some((one) => one === count)) latest.current(count);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [enabled]);
}
