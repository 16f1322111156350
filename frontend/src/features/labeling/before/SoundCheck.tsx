/** Some tones to be counted, played as often as it takes to set the volume. */
import { Button, Text } from "@mantine/core";
import { IconVolume } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { playBeeps, someCount } from "./beeps";
import look from "./before.module.css";
import { CountKeys } from "./CountKeys";

interface SoundProps {
  paused: boolean;
  onCounted: (right: boolean) => void;
}

export function SoundCheck({ paused, onCounted }: SoundProps) {
  const { t } = useTranslation("labeling");
  const { play, state, count, draw } = useTones();
  const [wrong, setWrong] = useState(false);
  const answer = (told: number) => {
    setWrong(told !== count);
    if (told !== count) draw();
    onCounted(told === count);
  };
  return (
    <>
      <h2>{t("check.sound")}</h2>
      <Text>{t("check.soundHint")}</Text>
      <Button
        leftSection={<IconVolume size={18} aria-hidden />}
        loading={state === "playing"}
        autoFocus
        onClick={() => void play()}
      >
        {t(state === "played" ? "check.playAgain" : "check.play")}
      </Button>
      <p className={look.said} role="status">
        {wrong ? t("check.soundWrong") : state === "played" ? t("check.howMany") : ""}
      </p>
      <CountKeys disabled={state !== "played"} paused={paused} onCount={answer} />
    </>
  );
}

/** The tones, their count, and whether this many were played yet. */
function useTones() {
  const context = useRef<AudioContext | null>(null);
  const [count, setCount] = useState(() => someCount());
  const [state, setState] = useState<"silent" | "playing" | "played">("silent");
  useEffect(
    () => () => {
      void context.current?.close();
      context.current = null;
    },
    [],
  );
  const play = async () => {
    context.current ??= new AudioContext();
    setState("playing");
    await playBeeps(count, context.current);
    setState("played");
  };
  const draw = () => {
    setCount(someCount());
    setState("silent");
  };
  return { play, state, count, draw };
}
