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
  /** One run with the chosen seed, or an experiment of the five published ones. */
  seeds: "one" | "five";
  seed: number;
  /** Null for as many as the recipe says. */
  epochs: number | null;
  /** Only what was chosen by hand; the rest is proposed. */
  extractors: Partial<ChosenExtractors>;
}

const FIRST_SEED = 1111;

export const FIVE_SEEDS = [1111, 1112, 1113, 1114, 1115];

export function useDraft(
  version: string,
  seeds: Draft["seeds"] = "one",
): [Draft, (own: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>({
    version,
    model: "avmc",
    supervision: "unimodal",
    ablation: "none",
    recipe: "released",
    semi: false,
    seeds,
    seed: FIRST_SEED,
    epochs: null,
    extractors: {},
  });
  return [draft, (own) => setDraft((before) => ({ ...before, ...own }))];
}
