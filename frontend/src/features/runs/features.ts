/** The features that a run reads: all three modalities for AV-MC, its own alone for a unimodal model. */
import {
  type ChosenExtractors,
  FEATURE_MODALITIES,
  type FeatureModality,
  useExtractors,
  useFeatureSets,
} from "@/api/features";
import { missingOf, proposed, stillThere } from "@/shared/features/choices";
import type { Draft } from "./useDraft";

export function readBy(model: string): readonly FeatureModality[] {
  const own = FEATURE_MODALITIES.filter((modality) => modality === model);
  return own.length > 0 ? own : FEATURE_MODALITIES;
}

/** The entries of what the model reads, in the order of the modalities. */
export function ofModel<Value>(
  model: string,
  values: Record<FeatureModality, Value>,
): Partial<Record<FeatureModality, Value>> {
  return Object.fromEntries(readBy(model).map((modality) => [modality, values[modality]]));
}

/** The features that a draft would read, chosen by hand or proposed, and whether all of them are there. */
export function useDraftFeatures(draft: Draft) {
  const sets = useFeatureSets(draft.version).data ?? [];
  const extractors = useExtractors().data ?? [];
  const all: ChosenExtractors = { ...proposed(sets, extractors), ...stillThere(draft.extractors, sets) };
  const chosen = ofModel(draft.model, all);
  const complete = Object.values(chosen).every(Boolean) && Object.keys(missingOf(chosen, sets)).length === 0;
  return { sets, chosen, complete };
}
