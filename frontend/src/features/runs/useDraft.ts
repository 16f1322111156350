/** What a person has chosen so far for a run. */
import { useState } from "react";
import type { ChosenExtractors } from "@/api/features";

export interface Draft {
  version: string;
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
    recipe: "released",
    semi: false,
    seed: FIRST_SEED,
    epochs: null,
    extractors: {},
  });
  return [draft, (own) => setDraft((before) => ({ ...before, ...own }))];
}
