/** What the server knows of a campaign's isolation, and what admins decide about it. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";

export type Isolation = Schemas["Isolation"];
export type FigureFacts = Schemas["Figure"];
export type Rendition = Schemas["Rendition"];
export type SourceRegions = Schemas["SourceRegions"];
export type Box = Schemas["Box"];
export type Transcript = Schemas["Transcript"];
export type Verdict = "passed" | "overruled" | "withheld" | "conflict";

const path = (id: string) => ({ path: { id } });

export function useIsolation(campaign: string) {
  return useQuery({
    queryKey: ["isolation", campaign],
    queryFn: () => answer(api.GET("/api/campaigns/{id}/isolation/", { params: path(campaign) })),
  });
}

/** Renditions by verdict, or those named. */
export function useRenditions(campaign: string, wanted: { verdict?: Verdict; id?: string }) {
  return useInfiniteQuery({
    queryKey: ["renditions", campaign, wanted],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/campaigns/{id}/renditions/", {
          params: { ...path(campaign), query: { ...wanted, page_size: 20, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  });
}

/** Isolates the campaign in another way; what comes back is the job that makes the files. */
export function useChangeIsolation(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["IsolationRequestRequest"]) =>
      answer(api.POST("/api/campaigns/{id}/isolation/", { params: path(campaign), body })),
    onSuccess: () => {
      for (const key of ["isolation", "renditions", "campaign", "jobs"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}

export function useOverrule() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      answer(api.POST("/api/renditions/{id}/overrule/", { params: path(id), body: { reason } })),
    onSuccess: () => {
      for (const key of ["renditions", "isolation", "campaign"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
}

export function useSources(campaign: string) {
  return useInfiniteQuery({
    queryKey: ["sources", campaign],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/campaigns/{id}/sources/", {
          params: { ...path(campaign), query: { cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  });
}

export function useDrawRegions(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ source, boxes }: { source: string; boxes: Box[] }) =>
      answer(api.POST("/api/sources/{id}/regions/", { params: path(source), body: { boxes } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["isolation", campaign] });
      return queries.invalidateQueries({ queryKey: ["sources", campaign] });
    },
  });
}

export function useTranscripts(campaign: string, reviewed: boolean) {
  return useInfiniteQuery({
    queryKey: ["transcripts", campaign, reviewed],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/campaigns/{id}/transcripts/", {
          params: { ...path(campaign), query: { reviewed, page_size: 20, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorOf(page.next),
  });
}

export function useReview(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ clip, transcript }: { clip: string; transcript: string }) =>
      answer(api.POST("/api/clips/{id}/transcript-reviews/", { params: path(clip), body: { transcript } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["transcripts", campaign] }),
  });
}

/** The cursor in the address of the next page. */
function cursorOf(next: string | null | undefined): string | undefined {
  return next ? (new URL(next, window.location.origin).searchParams.get("cursor") ?? undefined) : undefined;
}
