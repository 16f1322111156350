/** What a person has chosen so far for a run. */
import { useState } from "react";
import type { ChosenExtractors } from "@/api/features";
import type { ABLATIONS } from "./runWords";

export interface Draft {
  version: string;
  model: "avmc" | "text" | "audio" | "vision";
  /** Whose labels a unimodal model learns from. */
  supervision: "unimodal" | "multimodal";
  ablation: (typeof ABLATIONS)[number];
  recipe: "released" | "paper";
  semi: boolean;
  seed: number;
  /** Null for as many as the recipe says. */
  epochs: number | null;
  /** Only what was chosen by hand; the rest is proposed. */
  extractors: Partial<ChosenExtractors>;
}

const FIRST_SEED = 1111;

export function useDraft(version: string): [Draft, (own: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>({
    version,
    model: "avmc",
    supervision: "unimodal",
    ablation: "none",
    recipe: "released",
    semi: false,
    seed: FIRST_SEED,
    epochs: null,
    extractors: {},
  });
  return [draft, (own) => setDraft((before) => ({ ...before, ...own }))];
}
