/** One annotator's way through a stage: the clip to show, answering it, taking the last answer back. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Modality } from "@/shared/vocabulary/modality";
import { type Answer, type Answered, type Stage, stageKey, type TakenBack, useStage, useUndo } from "./hooks";
import { useFetchAhead } from "./media";
import { upcoming } from "./sequence";
import { useAnswers, useWarnBeforeLeaving } from "./useAnswers";

/** A score, or the reason why there is none, and a comment. */
export type Judgement = Pick<Answer, "score" | "reason" | "comment">;

export function useStageWork(user: number, campaign: string, modality: Modality) {
  const queries = useQueryClient();
  const stage = useStage(campaign, modality);
  const undo = useUndo(campaign, modality);
  const { queue, state } = useAnswers(user);
  const [answered, setAnswered] = useState<ReadonlySet<string>>(new Set());
  const [takenBack, setTakenBack] = useState<TakenBack | null>(null);
  const [undoWanted, setUndoWanted] = useState(false);
  const [answeredHere, setAnsweredHere] = useState(false);
  useWarnBeforeLeaving(state.unsaved.length);

  useEffect(() => {
    queue.onSettled = (assignment, outcome) => {
      if (outcome === "refused") setAnswered((before) => without(before, assignment));
      else if (outcome === "elsewhere") setAnswered((before) => new Set(before).add(assignment));
      else return keepStage(queries, outcome);
      void queries.invalidateQueries({ queryKey: ["my-work"] });
    };
  }, [queue, queries]);

  // Undo takes back what the server holds, so a key pressed while an answer is on its way waits for it to arrive.
  const unsaved = state.unsaved.length;
  const { mutateAsync: undoLast } = undo;
  useEffect(() => {
    if (!undoWanted || unsaved > 0) return;
    setUndoWanted(false);
    undoLast().then(
      (entry) => {
        setAnswered((before) => without(before, entry.assignment));
        setTakenBack(entry);
      },
      () => undefined, // shown as undoError
    );
  }, [undoWanted, unsaved, undoLast]);

  const underway = new Set([...answered, ...state.unsaved.map(({ assignment }) => assignment)]);
  const left = upcoming(stage.data?.queue ?? [], underway, takenBack);
  useFetchAhead(left);
  const shown = left[0];

  return {
    stage,
    shown,
    left,
    answers: state,
    queue,
    undoError: undo.error,
    undoing: undo.isPending,
    mayUndo:
      !takenBack &&
      !undoWanted &&
      !undo.isPending &&
      (answeredHere || unsaved > 0 || stage.data?.can_undo === true),
    answer: (judgement: Judgement, seconds: number, plays: number) => {
      if (!shown) return;
      undo.reset();
      setTakenBack(null);
      setUndoWanted(false);
      setAnsweredHere(true);
      setAnswered((before) => new Set(before).add(shown.assignment));
      queue.add(shown.assignment, { ...judgement, seconds, plays });
    },
    takeBack: () => setUndoWanted(true),
  };
}

export type StageWork = ReturnType<typeof useStageWork>;

/** An answer brings its stage along, so nothing else is asked of the server until the stage is done. */
function keepStage(queries: QueryClient, { annotation, stage_done, next_stage, ...stage }: Answered): void {
  const key = stageKey(stage.campaign, stage.modality);
  void queries.cancelQueries({ queryKey: key });
  queries.setQueryData<Stage>(key, stage);
  const list = { queryKey: ["my-work"], exact: true };
  void queries.invalidateQueries({ ...list, refetchType: stage_done ? "active" : "none" });
}

function without(all: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const rest = new Set(all);
  rest.delete(one);
  return rest;
}
