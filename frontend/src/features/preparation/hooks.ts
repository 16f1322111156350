/** What prepares a campaign, and what its annotators tell about clips. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";

export type Flag = Schemas["Flag"];
export type Reason = Exclude<Flag["reason"], "">;

export const REASONS: readonly Reason[] = ["no_speech", "no_face", "wrong_transcript", "technical"];

export function useFlags(campaign: string, reason: Reason | undefined) {
  return useInfiniteQuery({
    queryKey: ["flags", campaign, reason],
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET("/api/campaigns/{id}/flags/", {
          params: { path: { id: campaign }, query: { reason, cursor } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) =>
      next ? (new URL(next).searchParams.get("cursor") ?? undefined) : undefined,
  });
}
