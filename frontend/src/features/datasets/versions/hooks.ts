/** One version: its clips, what changed in it, and taking it back. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { awaited, useAnalysis } from "@/api/analyses";
import { answer, api, type Schemas } from "@/api/client";
import { hasEnded } from "@/api/jobs";

export type VersionSplit = "train" | "valid" | "test" | "unsupervised";

export function useVersionClips(id: string, split: VersionSplit | undefined, cursor: string | undefined) {
  return useQuery({
    queryKey: ["version", id, "clips", split, cursor],
    queryFn: () =>
      answer(api.GET("/api/versions/{id}/clips/", { params: { path: { id }, query: { split, cursor } } })),
    placeholderData: keepPreviousData,
  });
}

export type Difference = Schemas["Difference"];

/** Takes a version back; every list and page of it says so afterwards. */
export function useWithdraw(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["WithdrawRequest"]) =>
      answer(api.POST("/api/versions/{id}/withdraw/", { params: { path: { id } }, body })),
    onSuccess: (version) => {
      queries.setQueryData(["version", id], version);
      return queries.invalidateQueries({ queryKey: ["versions"] });
    },
  });
}

function askDifference(id: string, from: string, limit?: number) {
  return api.GET("/api/versions/{id}/difference/", { params: { path: { id }, query: { from, limit } } });
}

/** What changed from another version to this one: counts, and the first changes of each kind. */
export function useDifference(id: string, from: string | null) {
  return useAnalysis<Difference>(["version", id, "difference", from], () => askDifference(id, from ?? ""), {
    enabled: from !== null,
    staleTime: Number.POSITIVE_INFINITY,
    keepsPrevious: true,
  });
}

/** All changes, for a file. */
export function useWholeDifference(id: string, from: string) {
  return useMutation({ mutationFn: () => awaited<Difference>(() => askDifference(id, from, 100_000)) });
}

/** Copies across splits; asked again while the search is under way. */
export function useLeaks(id: string) {
  return useQuery({
    queryKey: ["version", id, "leaks"],
    queryFn: () => answer(api.GET("/api/versions/{id}/leaks/", { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.job && !hasEnded(state.data.job) ? 2_000 : false),
  });
}

export function useSearchLeaks(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/versions/{id}/leaks/", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["version", id, "leaks"] }),
  });
}

export type Figures = Schemas["Figures"];

/** Computed once on the server, so never asked for again. */
export function useVersionFigures(id: string) {
  return useAnalysis<Figures>(
    ["version", id, "figures"],
    () => api.GET("/api/versions/{id}/figures/", { params: { path: { id } } }),
    { staleTime: Number.POSITIVE_INFINITY },
  );
}

/** As far as the annotators are now. */
export function useCampaignFigures(id: string) {
  return useAnalysis<Figures>(["campaign", id, "figures"], () =>
    api.GET("/api/campaigns/{id}/figures/", { params: { path: { id } } }),
  );
}

/** What the version came from and what stands on it now. */
export function useLineage(id: string) {
  return useQuery({
    queryKey: ["version", id, "lineage"],
    queryFn: () => answer(api.GET("/api/versions/{id}/lineage/", { params: { path: { id } } })),
  });
}
