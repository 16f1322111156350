/** A ramp of greys, and faint dots on its dark, middle and light parts to be counted. */
import { Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { someCount } from "./beeps";
import look from "./before.module.css";
import { CountKeys } from "./CountKeys";

const RAMP = Array.from({ length: 11 }, (_, step) => Math.round((step * 255) / 10));
/** Greys of a ground and its dots: seen on a screen whose brightness and contrast show a face in the dark. */
const GROUNDS = [
  [16, 40],
  [128, 150],
  [240, 222],
] as const;
const grey = (value: number) => `rgb(${value} ${value} ${value})`;

interface ScreenProps {
  /** The last count was wrong. */
  again: boolean;
  paused: boolean;
  onCounted: (right: boolean) => void;
}

export function ScreenCheck({ again, paused, onCounted }: ScreenProps) {
  const { t } = useTranslation("labeling");
  const [count] = useState(() => someCount());
  return (
    <>
      <h2>{t("check.screen")}</h2>
      <Text>{t("check.screenHint")}</Text>
      <div className={look.ramp} aria-hidden="true">
        {RAMP.map((value) => (
          <span key={value} style={{ background: grey(value) }} />
        ))}
      </div>
      <Dots count={count} />
      <p className={look.said} role="status">
        {t(again ? "check.screenWrong" : "check.howManyDots")}
      </p>
      <CountKeys disabled={false} paused={paused} onCount={(told) => onCounted(told === count)} />
    </>
  );
}

/** The dots, dealt out over the three grounds. */
function Dots({ count }: { count: number }) {
  const { t } = useTranslation("labeling");
  return (
    <div className={look.grounds} role="img" aria-label={t("check.dots")}>
      {GROUNDS.map(([ground, dot], place) => (
        <span key={ground} style={{ background: grey(ground) }}>
          {Array.from({ length: Math.floor((count + 2 - place) / 3) }, (_, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a dot is its place
            <i key={number} style={{ background: grey(dot) }} />
          ))}
        </span>
      ))}
    </div>
  );
}
