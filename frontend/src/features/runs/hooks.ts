/** The endpoints of runs: list, launch, follow, cancel, predictions. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAnalysis } from "@/api/analyses";
import { answer, api, type Schemas } from "@/api/client";
import { hasEnded } from "@/api/jobs";
import type { Modality } from "@/shared/vocabulary/modality";

export type Run = Schemas["Run"];
export type RunDetail = Schemas["RunDetail"];
export type Metrics = Schemas["Metrics"];
export type Epoch = Schemas["Epoch"];
export type Prediction = Schemas["Prediction"];
export type Scatter = Schemas["Scatter"];
export type ErrorAnalysis = Schemas["ErrorAnalysis"];
export type ErrorGroup = Schemas["ErrorGroup"];
export type Launch = Schemas["LaunchRequest"];

const FOLLOWED = 1_500;

/** The cursor in the address of the next page, as the list endpoints take it. */
export function cursorOf(next: string | null | undefined): string | undefined {
  return next ? (new URL(next).searchParams.get("cursor") ?? undefined) : undefined;
}

/** The runs of a project, newest first; asked again while one of them goes on. */
export function useRuns(project: string) {
  return useInfiniteQuery({
    queryKey: ["runs", project],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/runs/", {
          params: { query: { project, page_size: 200, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.results.some((run) => !hasEnded(run))) ? 2_000 : false,
  });
}

export function useRun(id: string) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: () => answer(api.GET("/api/runs/{id}/", { params: { path: { id } } })),
    refetchInterval: (query) => (hasEnded(query.state.data) ? false : FOLLOWED),
  });
}

/** The curves of a run, followed until it has ended. */
export function useEpochs(run: RunDetail) {
  const ended = hasEnded(run);
  return useQuery({
    // The state is in the key, so that the epochs are asked for once more after the end.
    queryKey: ["epochs", run.id, ended],
    queryFn: () => answer(api.GET("/api/runs/{id}/epochs/", { params: { path: { id: run.id } } })),
    placeholderData: (before) => before,
    refetchInterval: ended ? false : FOLLOWED,
    staleTime: ended ? Number.POSITIVE_INFINITY : 0,
  });
}

export function useRecipes() {
  return useQuery({
    queryKey: ["recipes"],
    queryFn: () => answer(api.GET("/api/recipes/")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useLaunch() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Launch) => answer(api.POST("/api/runs/", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["runs"] }),
  });
}

export function useCancelRun(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/runs/{id}/cancel/", { params: { path: { id } } })),
    onSuccess: (run) => {
      queries.setQueryData(["run", id], run);
      return queries.invalidateQueries({ queryKey: ["job", run.job] });
    },
  });
}

/** What a run predicts for the clips of the test split, most wrong first. */
export function usePredictions(run: string) {
  return useInfiniteQuery({
    queryKey: ["predictions", run],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/runs/{id}/predictions/", {
          params: { path: { id: run }, query: { page_size: 50, cursor: pageParam || undefined } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a run predicts for one clip of any split; null where it predicts nothing for it. */
export function usePrediction(run: string, clip: string) {
  return useQuery({
    queryKey: ["predictions", run, "of", clip],
    queryFn: async () => {
      const page = await answer(
        api.GET("/api/runs/{id}/predictions/", { params: { path: { id: run }, query: { clip } } }),
      );
      return page.results[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useScatter(run: string) {
  return useQuery({
    queryKey: ["scatter", run],
    queryFn: () => answer(api.GET("/api/runs/{id}/scatter/", { params: { path: { id: run } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where one prediction errs on the test split. */
export function useErrors(run: string, task: Modality) {
  return useAnalysis<ErrorAnalysis>(
    ["errors", run, task],
    () => api.GET("/api/runs/{id}/errors/", { params: { path: { id: run }, query: { task } } }),
    { keepsPrevious: true, staleTime: Number.POSITIVE_INFINITY },
  );
}
