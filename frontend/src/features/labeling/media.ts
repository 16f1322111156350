/** Clips fetched whole before they are shown, so that the next one is simply there. */
import { queryOptions, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/client";
import type { Shown } from "./sequence";

async function fetchFile(address: string): Promise<Blob> {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok)
    throw new ApiError(response.status, "media", `The clip's file answered with ${response.status}.`);
  return response.blob();
}

export const fileOf = (entry: Shown) =>
  queryOptions({
    queryKey: ["media", entry.assignment],
    queryFn: () => fetchFile(entry.media_url ?? ""),
    enabled: Boolean(entry.media_url),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/**
 * Fetches the files of the clips that come next, one after another, and keeps them as long as they are to come: however
 * long somebody looks at one clip, the next ones stay here.
 */
export function useFetchAhead(left: readonly Shown[]): void {
  const queries = useQueryClient();
  const isSettled = (entry: Shown) => {
    const status = queries.getQueryState(fileOf(entry).queryKey)?.status;
    return status === "success" || status === "error";
  };
  const settled = left.findIndex((entry) => !isSettled(entry));
  useQueries({
    queries: left.map((entry, place) => ({
      ...fileOf(entry),
      enabled: Boolean(entry.media_url) && (settled < 0 || place <= settled),
    })),
  });
}

/** The clip's file. */
export function useFile(entry: Shown) {
  return useQuery(fileOf(entry));
}
