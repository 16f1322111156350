/** Extractors, and the feature sets that they made of a version. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "./client";
import { hasEnded } from "./jobs";

export type Extractor = Schemas["Extractor"];
export type FeatureSet = Schemas["FeatureSet"];
export type FeatureModality = "text" | "audio" | "vision";
/** The extractor chosen for each modality; null while none is chosen. */
export type ChosenExtractors = Record<FeatureModality, string | null>;

export const FEATURE_MODALITIES: readonly FeatureModality[] = ["text", "audio", "vision"];

export function useExtractors() {
  return useQuery({
    queryKey: ["extractors"],
    queryFn: () => answer(api.GET("/api/extractors/")),
    staleTime: 60_000,
  });
}

/** The feature sets of a version; asked again while one is being made. */
export function useFeatureSets(version: string) {
  return useQuery({
    queryKey: ["feature-sets", version],
    queryFn: () => answer(api.GET("/api/versions/{id}/feature-sets/", { params: { path: { id: version } } })),
    enabled: version !== "",
    refetchInterval: (query) => (query.state.data?.some((row) => !hasEnded(row)) ? 1_500 : false),
  });
}

export function useExtract(version: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["FeatureRequestRequest"]) =>
      answer(api.POST("/api/versions/{id}/feature-sets/", { params: { path: { id: version } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["feature-sets", version] }),
  });
}
