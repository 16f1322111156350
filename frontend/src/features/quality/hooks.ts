/** What a campaign's scores tell about its annotators. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";

export type Quality = Schemas["Quality"];
export type Agreement = Schemas["Agreement"];
export type Estimate = Schemas["Estimate"];
export type Portrait = Schemas["Portrait"];
export type Suspicion = Schemas["Suspicion"];

/** Asked again every half minute, since annotators go on. */
export function useQuality(campaign: string) {
  return useQuery({
    queryKey: ["campaign-quality", campaign],
    queryFn: () => answer(api.GET("/api/campaigns/{id}/quality/", { params: { path: { id: campaign } } })),
    refetchInterval: 30_000,
  });
}
