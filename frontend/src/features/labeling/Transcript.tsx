/** The words of a clip, in the stages that show them. */
import type { Modality } from "@/shared/vocabulary/modality";
import look from "./labeling.module.css";

export function Transcript({ entry, modality }: { entry: { transcript?: string }; modality: Modality }) {
  if (entry.transcript === undefined) return null;
  return (
    <p className={look.transcript} lang="zh-CN" data-alone={modality === "text" || undefined}>
      {entry.transcript}
    </p>
  );
}
