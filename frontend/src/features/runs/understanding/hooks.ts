/** The endpoints of what a run has learned: maps of its representations, words with other voices and faces. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import { hasEnded } from "@/api/jobs";

export type RepresentationMap = Schemas["RepresentationMap"];
export type Swaps = Schemas["Swaps"];
export type Swapped = Schemas["Swapped"];
export type Lender = Schemas["Lender"];

/** As many neighbours as t-SNE usually takes, and the seed of the published figures. */
const SETTINGS = { perplexity: 30, seed: 1111 };

/** The maps of a run, asked again while one is being made. */
export function useMaps(run: string) {
  return useQuery({
    queryKey: ["representations", run],
    queryFn: () => answer(api.GET("/api/runs/{id}/representations/", { params: { path: { id: run } } })),
    refetchInterval: (query) => (query.state.data?.some((map) => !hasEnded(map)) ? 1_500 : false),
  });
}

export function useRequestMap(run: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(api.POST("/api/runs/{id}/representations/", { params: { path: { id: run } }, body: SETTINGS })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["representations", run] }),
  });
}

/** Predictions for the words of one clip with the voices and faces of others; the server chooses what is not named. */
export function useSwaps(run: string, words: string | undefined, donors: readonly string[]) {
  return useQuery({
    queryKey: ["swaps", run, words, donors],
    queryFn: () =>
      answer(
        api.GET("/api/runs/{id}/swaps/", {
          params: { path: { id: run }, query: { words, donors: [...donors] } },
        }),
      ),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Test clips to choose from, in the version's order. */
export function useTestClips(run: string) {
  return useQuery({
    queryKey: ["predictions", run, "choices"],
    queryFn: () =>
      answer(
        api.GET("/api/runs/{id}/predictions/", {
          params: { path: { id: run }, query: { order: "clip", page_size: 200 } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
