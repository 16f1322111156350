/** The endpoints of sweeps. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import { hasEnded } from "@/api/jobs";
import { FIVE_SEEDS } from "../useDraft";

export type Sweep = Schemas["Sweep"];
export type SweepDetail = Schemas["SweepDetail"];
export type Trial = Schemas["Trial"];
export type Dimension = Schemas["Dimension"];
export type LaunchSweep = Schemas["LaunchSweepRequest"];
export type OfferedSpace = Schemas["OfferedSpaceRequest"];

export function useSweeps(project: string) {
  return useQuery({
    queryKey: ["sweeps", project],
    queryFn: () => answer(api.GET("/api/sweeps/", { params: { query: { project, page_size: 200 } } })),
    refetchInterval: (query) => (query.state.data?.results.some((each) => !hasEnded(each)) ? 3_000 : false),
  });
}

export function useSweep(id: string) {
  return useQuery({
    queryKey: ["sweep", id],
    queryFn: () => answer(api.GET("/api/sweeps/{id}/", { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && !hasEnded(query.state.data) ? 2_000 : false),
  });
}

/** What a sweep of this recipe could vary, with sensible ranges. */
export function useOfferedSpace(body: OfferedSpace) {
  return useQuery({
    queryKey: ["offered space", body],
    queryFn: () => answer(api.POST("/api/sweeps/space/", { body })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useLaunchSweep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LaunchSweep) => answer(api.POST("/api/sweeps/", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sweeps"] }),
  });
}

export function useSweepAction(path: "/api/sweeps/{id}/cancel/" | "/api/sweeps/{id}/resume/") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST(path, { params: { path: { id } } })),
    onSuccess: () =>
      Promise.all(["sweep", "sweeps", "job"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Give a finished sweep more trials. */
export function useExtend(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (trials: number) =>
      answer(api.POST("/api/sweeps/{id}/extend/", { params: { path: { id } }, body: { trials } })),
    onSuccess: () =>
      Promise.all(["sweep", "sweeps", "job"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}

export function useTrainBest() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      answer(
        api.POST("/api/sweeps/{id}/train-best/", { params: { path: { id } }, body: { seeds: FIVE_SEEDS } }),
      ),
    onSuccess: () =>
      Promise.all(["runs", "experiments"].map((name) => queries.invalidateQueries({ queryKey: [name] }))),
  });
}
