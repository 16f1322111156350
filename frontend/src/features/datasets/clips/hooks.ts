/** Clips, what they can be filtered by, and imports. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import type { RejectedRow } from "@/shared/words/importSentences";
import type { ClipQuery } from "./filters";

export type Clip = Required<Schemas["Clip"]>;
export type ClipDetail = Required<Schemas["ClipDetail"]>;

/** What an import's job came to: datasets.ingest.report on the server. */
export interface ImportReport {
  clips: number;
  sources: number;
  labels: number;
  rejected_count: number;
  /** The first of them. */
  rejected: RejectedRow[];
  encoding: string;
  ignored_columns: string[];
  /** Of each modality, where the import brought features: how many values were not finite and are 0 now. */
  features?: { modality: string; repaired: number }[];
  /** The version that was published of it, where the import brought a whole one. */
  version?: string;
  number?: string;
}

export function useClips(query: ClipQuery) {
  return useQuery({
    queryKey: ["clips", query],
    queryFn: () => answer(api.GET("/api/clips/", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function useClip(id: string) {
  return useQuery({
    queryKey: ["clip", id],
    queryFn: () => answer(api.GET("/api/clips/{id}/", { params: { path: { id } } })),
  });
}

export function useFacets(project: string) {
  return useQuery({
    queryKey: ["facets", project],
    queryFn: () => answer(api.GET("/api/clips/facets/", { params: { query: { project } } })),
    staleTime: 60_000,
  });
}

export function useStartImport(project: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["ImportRequest"]) =>
      answer(api.POST("/api/projects/{id}/imports/", { params: { path: { id: project } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs", project] }),
  });
}

/** Everything that an import changes. */
export function useForgetClips() {
  const queries = useQueryClient();
  return () => {
    for (const key of ["clips", "facets", "projects", "versions"])
      void queries.invalidateQueries({ queryKey: [key] });
  };
}
