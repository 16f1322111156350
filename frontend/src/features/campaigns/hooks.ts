/** Campaigns as admins and researchers see them: progress and files, never scores. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { answer, api, type Schemas } from "@/api/client";
import { hasEnded, useJob } from "@/api/jobs";

export type Campaign = Schemas["Campaign"];
export type CampaignDetail = Schemas["CampaignDetail"];
export type Progress = Schemas["Progress"];
export type Settled = Schemas["Settled"];

const path = (id: string) => ({ path: { id } });

export function useCampaigns(project: string) {
  return useQuery({
    queryKey: ["campaigns", project],
    queryFn: () => answer(api.GET("/api/campaigns/", { params: { query: { project } } })),
  });
}

/** One campaign; asked again every few seconds, since annotators work on it all the time. */
export function useCampaign(id: string) {
  return useQuery({
    queryKey: ["campaign", id],
    queryFn: () => answer(api.GET("/api/campaigns/{id}/", { params: path(id) })),
    refetchInterval: ({ state: { data } }) =>
      data?.job || data?.aggregation_job ? 1_000 : data?.state === "open" ? 5_000 : false,
  });
}

export function useCreateCampaign() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["NewCampaignRequest"]) => answer(api.POST("/api/campaigns/", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["campaigns"] }),
  });
}

/** Pauses, resumes or closes a campaign. */
export function useChangeState(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: "pause" | "resume" | "close") =>
      answer(api.POST(`/api/campaigns/{id}/${verb}/`, { params: path(id) })),
    onSuccess: (campaign) => {
      queries.setQueryData(["campaign", id], campaign);
      return queries.invalidateQueries({ queryKey: ["campaigns"] });
    },
  });
}

/** Pauses, excludes or takes back an annotator, for a reason. */
export function useChangeAnnotator(id: string, pseudonym: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["AnnotatorChangeRequest"]) =>
      answer(
        api.POST("/api/campaigns/{id}/annotators/{pseudonym}/state/", {
          params: { path: { id, pseudonym } },
          body,
        }),
      ),
    onSuccess: (campaign) => queries.setQueryData(["campaign", id], campaign),
  });
}

/** Excludes an annotator and asks another person about the same clips. */
export function useReplaceAnnotator(id: string, pseudonym: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["ReplacementRequest"]) =>
      answer(
        api.POST("/api/campaigns/{id}/annotators/{pseudonym}/replace/", {
          params: { path: { id, pseudonym } },
          body,
        }),
      ),
    // Once it is looked at again: the table must not take the dialog with the new password away.
    onSettled: () => queries.invalidateQueries({ queryKey: ["campaign", id] }),
  });
}

/** Settles labels at once, or by a job, which is followed by whoever opens the page while it runs. */
export function useAggregate(campaign: CampaignDetail) {
  const queries = useQueryClient();
  const [begun, follow] = useState<string | null>(null);
  const id = campaign.aggregation_job?.id ?? begun;
  useEffect(() => follow(id), [id]);
  const job = useJob(id).data;
  const refresh = useCallback(() => {
    for (const key of ["campaign", "clips", "projects", "version-preview"]) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  }, [queries]);
  const ended = hasEnded(job);
  useEffect(() => {
    if (ended) refresh();
  }, [ended, refresh]);
  const run = useMutation({
    mutationFn: () => answer(api.POST("/api/campaigns/{id}/aggregate/", { params: path(campaign.id) })),
    onSuccess: (told) => ("job" in told ? follow(told.job.id) : refresh()),
  });
  const byJob = job?.state === "succeeded" ? (job.result as Settled) : undefined;
  const atOnce = run.data && !("job" in run.data) ? run.data : undefined;
  return {
    run: () => run.mutate(),
    isRunning: run.isPending || (job !== undefined && !ended),
    error: run.error,
    job: id && !byJob ? id : null,
    settled: atOnce ?? byJob,
  };
}

/** Files whose audit found something; asked for only when there are any. */
export function useFailedRenditions(id: string, failed: number) {
  return useQuery({
    queryKey: ["failed-renditions", id, failed],
    queryFn: () =>
      answer(
        api.GET("/api/campaigns/{id}/renditions/", { params: { ...path(id), query: { passed: false } } }),
      ),
    enabled: failed > 0,
  });
}

export function useMakeRenditions(project: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/projects/{id}/renditions/", { params: path(project), body: { everything: false } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs", project] }),
  });
}
