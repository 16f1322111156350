/** Clips to look at again, everything about one of them, decisions, and more people to ask. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAnalysis } from "@/api/analyses";
import { answer, api, type Schemas } from "@/api/client";

export type ContestedClip = Schemas["ContestedClip"];
export type ContestedClipDetail = Schemas["ContestedClipDetail"];
export type Order = "spread" | "conflict";

const KEY = "contested";

export function useContestedClips(campaign: string, order: Order) {
  return useAnalysis<Schemas["ContestedClips"]>([KEY, campaign, order], () =>
    api.GET("/api/campaigns/{id}/contested/", { params: { path: { id: campaign }, query: { order } } }),
  );
}

export function useContestedClip(campaign: string, clip: string) {
  return useQuery({
    queryKey: [KEY, campaign, "clip", clip],
    queryFn: () =>
      answer(api.GET("/api/campaigns/{id}/contested/{clip}/", { params: { path: { id: campaign, clip } } })),
  });
}

/** Where the whole clip plays. */
export function useClipMedia(clip: string) {
  return useQuery({
    queryKey: ["clip-media", clip],
    queryFn: () => answer(api.GET("/api/clips/{id}/", { params: { path: { id: clip } } })),
  });
}

export function useDecide(campaign: string, clip: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["NewDecisionRequest"]) =>
      answer(
        api.POST("/api/campaigns/{id}/contested/{clip}/", {
          params: { path: { id: campaign, clip } },
          body,
        }),
      ),
    onSuccess: () => {
      for (const key of [KEY, "campaign", "clips", "version-preview"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}

export function useAskMore(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["NewAnnotatorsRequest"]) =>
      answer(api.POST("/api/campaigns/{id}/annotators/", { params: { path: { id: campaign } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["campaign", campaign] }),
  });
}
