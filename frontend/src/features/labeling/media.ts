/** Clips fetched whole before they are shown, so that the next one is simply there. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import type { Shown } from "./sequence";

async function fetchFile(address: string): Promise<Blob> {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok)
    throw new ApiError(response.status, "media", `The clip's file answered with ${response.status}.`);
  return response.blob();
}

const fileOf = (entry: Shown) =>
  queryOptions({
    queryKey: ["media", entry.assignment],
    queryFn: () => fetchFile(entry.media_url ?? ""),
    enabled: Boolean(entry.media_url),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** Fetches the files of the clips that come next, one after another. */
export function useFetchAhead(left: readonly Shown[]): void {
  const queries = useQueryClient();
  const wanted = left.map((entry) => entry.assignment).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids say all that matters of the entries
  useEffect(() => {
    void fetchInOrder(queries, left);
  }, [queries, wanted]);
}

async function fetchInOrder(queries: QueryClient, entries: readonly Shown[]): Promise<void> {
  for (const entry of entries) if (entry.media_url) await queries.prefetchQuery(fileOf(entry));
}

/** The clip's file and an address for the player, freed when the clip leaves the page. */
export function useFile(entry: Shown) {
  const query = useQuery(fileOf(entry));
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!query.data) return;
    const made = URL.createObjectURL(query.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [query.data]);
  return { ...query, address };
}
