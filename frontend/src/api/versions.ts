/** Frozen versions: what is published, what would be, and the files made of one. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { answer, api, type Schemas } from "./client";
import { hasEnded, useJob } from "./jobs";

export type Version = Schemas["Version"];
export type Statistics = Schemas["Statistics"];
export type Preview = Schemas["Preview"];
export type Export = Schemas["Export"];
export type Grouping = NonNullable<Schemas["DraftRequest"]["split_by"]>;

/** The newest versions of a project; more than a page of 200 has no project yet. */
export function useVersions(project: string) {
  return useQuery({
    queryKey: ["versions", project],
    queryFn: () => answer(api.GET("/api/versions/", { params: { query: { project, page_size: 200 } } })),
    select: (page) => page.results,
  });
}

export function useVersion(id: string) {
  return useQuery({
    queryKey: ["version", id],
    queryFn: () => answer(api.GET("/api/versions/{id}/", { params: { path: { id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * What publishing would freeze now, or the job that finds it out of a large project; the last answer stays while a new
 * one is on its way.
 */
export function usePreview(draft: Schemas["DraftRequest"]) {
  const query = useQuery({
    queryKey: ["version-preview", draft],
    queryFn: () => answer(api.POST("/api/versions/preview/", { body: draft })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const job = query.data && "job" in query.data ? query.data.job.id : null;
  const foundOut = useJob(job).data?.state === "succeeded";
  const { refetch } = query;
  useEffect(() => {
    if (foundOut) void refetch();
  }, [foundOut, refetch]);
  return query;
}

/** Publishes: answers with the version, or with the job that makes it of a large project. */
export function usePublish() {
  const forget = useForgetVersions();
  return useMutation({
    mutationFn: (body: Schemas["PublishRequest"]) => answer(api.POST("/api/versions/", { body })),
    onSuccess: forget,
  });
}

/** Has everything asked anew that counts versions. */
export function useForgetVersions() {
  const queries = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        ["versions", "projects", "jobs", "version-preview"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
    [queries],
  );
}

/** The files made of a version; asked again while one is being made. */
export function useExports(version: string) {
  return useQuery({
    queryKey: ["exports", version],
    queryFn: () => answer(api.GET("/api/versions/{id}/exports/", { params: { path: { id: version } } })),
    select: (page) => page.results,
    refetchInterval: (query) =>
      query.state.data?.results.some((row) => row.job && !hasEnded(row.job)) ? 1_500 : false,
  });
}

export function useRequestExport(version: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["ExportRequestRequest"]) =>
      answer(api.POST("/api/versions/{id}/exports/", { params: { path: { id: version } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["exports", version] }),
  });
}
