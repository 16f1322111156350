/** Files of scores: sent to the server, then checked or imported there by a job. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import type { RejectedRow } from "@/shared/words/importSentences";

export type ScoreFile = Schemas["ScoreFile"];

/** What the job came to: annotator.services.writing_scores on the server. */
export interface ScoreReport {
  added: number;
  superseded: number;
  unchanged: number;
  rejected_count: number;
  /** The first of them. */
  rejected: RejectedRow[];
  dry_run: boolean;
}

export function useSendScores(campaign: string) {
  return useMutation({
    mutationFn: (file: File) =>
      answer(
        api.POST("/api/campaigns/{id}/score-files/", {
          params: { path: { id: campaign }, query: { name: file.name } },
          // The schema knows a body of bytes as text only.
          body: file as unknown as string,
          bodySerializer: (body) => body,
          headers: { "Content-Type": "application/octet-stream" },
        }),
      ),
  });
}

export function useImportScores(campaign: string) {
  return useMutation({
    mutationFn: (body: Schemas["AnnotationsImportRequest"]) =>
      answer(
        api.POST("/api/campaigns/{id}/annotations/import/", { params: { path: { id: campaign } }, body }),
      ),
  });
}

/** Everything that imported scores change. */
export function useForgetScores(campaign: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["campaign", campaign] });
}
