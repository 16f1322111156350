/** Which extractor to propose for each modality. */
import {
  type ChosenExtractors,
  type Extractor,
  FEATURE_MODALITIES,
  type FeatureModality,
  type FeatureSet,
} from "@/api/features";

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
export function missingOf(chosen: ChosenExtractors, sets: readonly FeatureSet[]): Partial<ChosenExtractors> {
  const pairs = FEATURE_MODALITIES.map((modality) => [modality, chosen[modality]] as const);
  return Object.fromEntries(
    pairs.filter(([modality, name]) => name && !madeBy(sets, modality).includes(name)),
  );
}
