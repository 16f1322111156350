/** Plays what a stage lets one perceive: the noised sound with its outline, the silent picture, or the clip. */
import { Button, Text } from "@mantine/core";
import { IconPlayerPlayFilled, IconRefresh } from "@tabler/icons-react";
import { type RefObject, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Modality } from "@/shared/vocabulary/modality";
import look from "./labeling.module.css";
import { useFile } from "./media";
import { hold, release } from "./players";
import type { Shown } from "./sequence";
import { Waveform } from "./Waveform";

export interface PlayerHandle {
  /** Plays, or plays again from the start. */
  play: () => void;
  /** Stops where it is. */
  pause: () => void;
  /** How often it was played to the end. */
  plays: () => number;
}

interface PlayerProps {
  entry: Shown;
  modality: Exclude<Modality, "text">;
  handle: RefObject<PlayerHandle | null>;
  /** The clip was played to its end. */
  onEnd: () => void;
  /** The clip plays on: somebody is watching or listening. */
  onProgress: () => void;
  /** The clip's address may have expired: ask for the stage again. */
  onExpired: () => void;
}

export function Player({ entry, modality, handle, onEnd, onProgress, onExpired }: PlayerProps) {
  const { t } = useTranslation("labeling");
  const file = useFile(entry);
  if (file.error) {
    const again = () => {
      onExpired();
      void file.refetch();
    };
    return (
      <div className={look.broken} role="alert">
        <Text>{t("media.failed")}</Text>
        <Button variant="default" onClick={again}>
          {t("media.retry")}
        </Button>
      </div>
    );
  }
  if (!file.data) return <div className={look.screen} data-modality={modality} aria-busy="true" />;
  return (
    <Playing file={file.data} modality={modality} handle={handle} onEnd={onEnd} onProgress={onProgress} />
  );
}

interface PlayingProps extends Pick<PlayerProps, "modality" | "handle" | "onEnd" | "onProgress"> {
  file: Blob;
}

function Playing({ file, modality, handle, onEnd, onProgress }: PlayingProps) {
  const { t } = useTranslation("labeling");
  const button = useRef<HTMLButtonElement>(null);
  const media = useRef<HTMLVideoElement>(null);
  const count = useRef(0);
  const [playing, setPlaying] = useState(false);

  const play = () => {
    const player = media.current;
    if (!player) return;
    // Where it already stands at its first picture, to go there would cost the browser as much as to load it.
    if (player.currentTime > 0) player.currentTime = 0;
    // Before the first key press a browser may refuse to play sound; the button then waits to be pressed.
    player.play().catch(() => setPlaying(false));
  };
  const pause = () => media.current?.pause();
  useImperativeHandle(handle, () => ({ play, pause, plays: () => count.current }));

  const heard: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
    play: () => setPlaying(true),
    pause: () => setPlaying(false),
    timeupdate: onProgress,
    ended: () => {
      count.current += 1;
      setPlaying(false);
      onEnd();
    },
  };
  const latest = useRef(heard);
  latest.current = heard;

  // biome-ignore lint/correctness/useExhaustiveDependencies: plays once by itself when the clip appears
  useLayoutEffect(() => {
    const player = hold(file);
    media.current = player;
    player.muted = modality === "vision";
    player.className = (modality === "audio" ? look.hidden : look.picture) ?? "";
    const hear = (event: Event) => latest.current[event.type as keyof HTMLMediaElementEventMap]?.();
    for (const name of Object.keys(heard)) player.addEventListener(name, hear);
    button.current?.prepend(player);
    play();
    return () => {
      for (const name of Object.keys(heard)) player.removeEventListener(name, hear);
      player.pause();
      player.remove();
      release(file);
    };
  }, [file, modality]);

  return (
    <button
      ref={button}
      type="button"
      className={look.screen}
      data-modality={modality}
      onClick={play}
      aria-label={t(playing ? "stage.replay" : "stage.play")}
    >
      {modality === "audio" && <Waveform file={file} media={media} />}
      <span className={look.badge} data-playing={playing || undefined} aria-hidden="true">
        {playing ? <IconRefresh size={20} /> : <IconPlayerPlayFilled size={20} />}
      </span>
    </button>
  );
}
