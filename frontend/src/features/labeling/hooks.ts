/** The annotator's endpoints: my work, one stage, an answer, undo. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import type { Modality } from "@/shared/vocabulary/modality";

export type MyCampaign = Schemas["MyCampaign"];
export type Stage = Schemas["Queue"];
export type QueueEntry = Schemas["QueueEntry"];
export type TakenBack = Schemas["TakenBack"];
export type Reason = Exclude<NonNullable<Schemas["AnswerRequest"]["reason"]>, "">;
export type Answer = Schemas["AnswerRequest"];
export type Answered = Schemas["Answered"];

export function useMyWork() {
  return useQuery({ queryKey: ["my-work"], queryFn: () => answer(api.GET("/api/my-work/")) });
}

export const stageKey = (campaign: string, modality: Modality) => ["my-work", campaign, modality] as const;

/** One stage with the next clips to rate; asked again while clips are still being prepared. */
export function useStage(campaign: string, modality: Modality) {
  return useQuery({
    queryKey: stageKey(campaign, modality),
    queryFn: () =>
      answer(api.GET("/api/my-work/{campaign}/{modality}/", { params: { path: { campaign, modality } } })),
    refetchOnWindowFocus: false,
    refetchInterval: (query) => {
      const stage = query.state.data;
      return stage && stage.queue.length === 0 && stage.preparing + stage.withheld > 0 ? 3_000 : false;
    },
  });
}

export function useUndo(campaign: string, modality: Modality) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/my-work/{campaign}/{modality}/undo/", { params: { path: { campaign, modality } } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: stageKey(campaign, modality) }),
  });
}

/** Sends one answer; the queue of answers (answers.ts) decides when, and again with the same key. */
export function sendAnswer(assignment: string, body: Answer): Promise<Answered> {
  return answer(
    api.POST("/api/assignments/{id}/annotations/", { params: { path: { id: assignment } }, body }),
  );
}
