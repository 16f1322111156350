/** Long work: what runs, how far it is, stop it, try it again. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "./client";

export type Job = Required<Schemas["Job"]>;
export type JobDetail = Required<Schemas["JobDetail"]>;
export type JobState = Job["state"];

const ENDED: readonly string[] = ["succeeded", "failed", "cancelled"];

export function hasEnded(job: { state?: string } | undefined): boolean {
  return job?.state !== undefined && ENDED.includes(job.state);
}

/** Newest jobs of a project; asked again every two seconds while one of them runs. */
export function useJobs(project: string, filter: { kind?: string; state?: string } = {}) {
  return useQuery({
    queryKey: ["jobs", project, filter],
    queryFn: () => answer(api.GET("/api/jobs/", { params: { query: { project, ...filter } } })),
    refetchInterval: (query) => (query.state.data?.results.some((job) => !hasEnded(job)) ? 2_000 : 15_000),
  });
}

/** One job with its failed parts, followed until it ends. */
export function useJob(id: string | null | undefined) {
  return useQuery({
    queryKey: ["job", id],
    queryFn: () => answer(api.GET("/api/jobs/{id}/", { params: { path: { id: id ?? "" } } })),
    enabled: Boolean(id),
    refetchInterval: (query) => (hasEnded(query.state.data) ? false : 1_000),
  });
}

function useJobAction(path: "/api/jobs/{id}/cancel/" | "/api/jobs/{id}/retry/") {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST(path, { params: { path: { id } } })),
    onSuccess: (job) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["jobs"] }),
        queries.invalidateQueries({ queryKey: ["job", job.id] }),
      ]),
  });
}

export const useCancelJob = () => useJobAction("/api/jobs/{id}/cancel/");
export const useRetryJob = () => useJobAction("/api/jobs/{id}/retry/");
