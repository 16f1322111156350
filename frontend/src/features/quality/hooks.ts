/** What a campaign's scores tell about its annotators. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { analysed, useAnalysis } from "@/api/analyses";
import { api, type Schemas } from "@/api/client";

export type Quality = Schemas["Quality"];
export type Agreement = Schemas["Agreement"];
export type Estimate = Schemas["Estimate"];
export type Portrait = Schemas["Portrait"];
export type Suspicion = Schemas["Suspicion"];
export type Repeats = Schemas["Repeats"];
export type Gold = Schemas["Gold"];

const KEY = "campaign-quality";

/** Asked again every half minute, since annotators go on. */
export function useQuality(campaign: string) {
  return useAnalysis<Quality>(
    [KEY, campaign],
    () => api.GET("/api/campaigns/{id}/quality/", { params: { path: { id: campaign } } }),
    { again: 30_000 },
  );
}

/** Judges gold clips otherwise. */
export function useChangeGold(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["GoldSettingsRequest"]) =>
      analysed<Quality>(api.POST("/api/campaigns/{id}/gold/", { params: { path: { id: campaign } }, body })),
    onSuccess: (quality) => queries.setQueryData([KEY, campaign], quality),
  });
}
