/** The endpoints of experiments and of two runs compared. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAnalysis } from "@/api/analyses";
import { answer, api, cursorOf, type Schemas } from "@/api/client";
import { hasEnded } from "@/api/jobs";

export type Experiment = Schemas["Experiment"];
export type ExperimentDetail = Schemas["ExperimentDetail"];
export type Spread = Schemas["Spread"];
export type LaunchExperiment = Schemas["LaunchExperimentRequest"];

const goesOn = (experiment: { runs: readonly { state?: string }[] }) =>
  experiment.runs.some((run) => !hasEnded(run));

export function useExperiments(project: string) {
  return useInfiniteQuery({
    queryKey: ["experiments", project],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/experiments/", { params: { query: { project, cursor: pageParam || undefined } } }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => cursorOf(page.next),
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.results.some(goesOn)) ? 3_000 : false,
  });
}

export function useExperiment(id: string) {
  return useQuery({
    queryKey: ["experiment", id],
    queryFn: () => answer(api.GET("/api/experiments/{id}/", { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && goesOn(query.state.data) ? 3_000 : false),
  });
}

export type Intervals = Schemas["Intervals"];

/** Of the runs that have ended, so that each that ends asks anew. */
export function useIntervals(id: string, ended: number) {
  return useAnalysis<Intervals>(
    ["intervals", id, ended],
    () => api.GET("/api/experiments/{id}/intervals/", { params: { path: { id } } }),
    { enabled: ended > 0, staleTime: Number.POSITIVE_INFINITY, keepsPrevious: true },
  );
}

export function useLaunchExperiment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LaunchExperiment) => answer(api.POST("/api/experiments/", { body })),
    onSuccess: () =>
      Promise.all(["runs", "experiments"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}

export type RunComparison = Schemas["RunComparison"];

/** Two finished runs on the same test clips; not asked before both are chosen. */
export function useComparison(first: string, second: string) {
  return useAnalysis<RunComparison>(
    ["comparison", first, second],
    () => api.GET("/api/runs/{id}/compare/{other}/", { params: { path: { id: first, other: second } } }),
    { enabled: Boolean(first && second), staleTime: Number.POSITIVE_INFINITY },
  );
}
