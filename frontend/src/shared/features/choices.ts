/** Which extractor to propose for each modality. */
import {
  type ChosenExtractors,
  type Extractor,
  FEATURE_MODALITIES,
  type FeatureModality,
  type FeatureSet,
} from "@/api/features";
import type { Kept } from "@/shared/words/sentences";

/** Extractors whose features of this version are complete, newest first. */
export function madeBy(sets: readonly FeatureSet[], modality: FeatureModality): string[] {
  const complete = sets.filter((set) => set.modality === modality && set.state === "succeeded");
  return [...new Set(complete.map((set) => set.extractor))];
}

/** The newest complete features of each modality, else the first extractor that can run here. */
export function proposed(sets: readonly FeatureSet[], extractors: readonly Extractor[]): ChosenExtractors {
  const pairs = FEATURE_MODALITIES.map((modality) => {
    const able = extractors.find((one) => one.modality === modality && one.available);
    return [modality, madeBy(sets, modality)[0] ?? able?.name ?? null] as const;
  });
  return Object.fromEntries(pairs) as ChosenExtractors;
}

/** The chosen extractors whose features of this version are not complete. */
export function missingOf(
  chosen: Partial<ChosenExtractors>,
  sets: readonly FeatureSet[],
): Partial<ChosenExtractors> {
  const pairs = FEATURE_MODALITIES.map((modality) => [modality, chosen[modality]] as const);
  return Object.fromEntries(
    pairs.filter(([modality, name]) => name && !madeBy(sets, modality).includes(name)),
  );
}

/** Extractor of features that came ready with an import; nothing can extract them anew. */
export const IMPORTED = "imported";

/** What was chosen by hand, but for imported features where this version has none. */
export function stillThere(
  chosen: Partial<ChosenExtractors>,
  sets: readonly FeatureSet[],
): Partial<ChosenExtractors> {
  const there = FEATURE_MODALITIES.filter(
    (modality) => chosen[modality] !== IMPORTED || madeBy(sets, modality).includes(IMPORTED),
  );
  return Object.fromEntries(
    there.flatMap((modality) => (modality in chosen ? [[modality, chosen[modality]]] : [])),
  );
}

export interface Option {
  value: string;
  /** Why it cannot be chosen. */
  why: Kept | null;
}

/** What can be chosen for a modality: every extractor, and first what exists already though none of them made it. */
export function optionsOf(extractors: readonly Extractor[], made: readonly string[]): Option[] {
  const known = extractors.map(({ name }) => name);
  const others = made.filter((name) => !known.includes(name)).map((value) => ({ value, why: null }));
  const own = extractors.map(({ name, available, why_not }) => ({
    value: name,
    why: available || made.includes(name) ? null : why_not,
  }));
  return [...others, ...own];
}
