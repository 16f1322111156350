/** The clips as a version froze them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

export type VersionSplit = "train" | "valid" | "test" | "unsupervised";

export function useVersionClips(id: string, split: VersionSplit | undefined, cursor: string | undefined) {
  return useQuery({
    queryKey: ["version", id, "clips", split, cursor],
    queryFn: () =>
      answer(api.GET("/api/versions/{id}/clips/", { params: { path: { id }, query: { split, cursor } } })),
    placeholderData: keepPreviousData,
  });
}
