/** Has the player and the outline of a clip to come made as soon as its file is here; shows nothing. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Modality } from "@/shared/vocabulary/modality";
import { fileOf } from "./media";
import { outlineOf } from "./outline";
import { hold, release } from "./players";
import type { Shown } from "./sequence";

export function GetReady({ entry, modality }: { entry: Shown; modality: Modality }) {
  // Which file is fetched when is not decided here.
  const file = useQuery({ ...fileOf(entry), enabled: false }).data;
  useEffect(() => {
    if (!file) return;
    hold(file);
    if (modality === "audio") outlineOf(file).catch(() => undefined); // the waveform then stays flat
    return () => release(file);
  }, [file, modality]);
  return null;
}
