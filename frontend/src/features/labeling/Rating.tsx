/** One clip and its seven keys; lives as long as the clip is shown. */
import { useDisclosure } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Score } from "@/shared/vocabulary/scale";
import { FlagButton, FlagDialog } from "./FlagDialog";
import { type Command, moveChoice, useCommands } from "./keyboard";
import look from "./labeling.module.css";
import { Player, type PlayerHandle } from "./Player";
import { ScoreKeys } from "./ScoreKeys";
import type { Shown } from "./sequence";
import { Transcript } from "./Transcript";
import { useStopwatch } from "./timeSpent";
import { usePerceived } from "./usePerceived";
import type { Judgement, StageWork } from "./useStageWork";

interface RatingProps {
  work: StageWork;
  entry: Shown;
  modality: Modality;
  /** While a dialog is open the keys rest. */
  paused: boolean;
}

export function Rating({ work, entry, modality, paused }: RatingProps) {
  const player = useRef<PlayerHandle>(null);
  const watch = useStopwatch(entry.assignment);
  const [choice, setChoice] = useState<Score | null>((entry.score as Score | null | undefined) ?? null);
  // A clip that was taken back was perceived before.
  const [perceived, perceive] = usePerceived(entry.score !== undefined, entry.reading_seconds);
  const [comment, setComment] = useState("");
  const [flagging, flag] = useDisclosure(false);

  const judge = (judgement: Judgement) =>
    work.answer(judgement, watch.current.seconds, player.current?.plays() ?? 0);
  const answer = (score: Score) => {
    if (perceived) judge({ score, reason: "", comment });
  };
  const run = (command: Command) => {
    if (command.kind === "answer") answer(command.score);
    else if (command.kind === "select") setChoice(moveChoice(choice, command.step));
    else if (command.kind === "confirm" && choice !== null) answer(choice);
    else if (command.kind === "play") player.current?.play();
    else if (command.kind === "flag") flag.open();
  };
  useCommands(run, !paused && !flagging);
  useEffect(() => {
    if (paused) player.current?.pause();
  }, [paused]);

  return (
    <>
      <div className={look.middle}>
        {modality !== "text" && (
          <Player
            entry={entry}
            modality={modality}
            handle={player}
            onEnd={perceive}
            onProgress={() => watch.current.touch()}
            onExpired={() => void work.stage.refetch()}
          />
        )}
        <Transcript entry={entry} modality={modality} />
      </div>
      <footer className={look.foot}>
        <Question work={work} entry={entry} modality={modality} />
        <ScoreKeys choice={choice} disabled={!perceived} onAnswer={answer} />
        <FlagButton comment={comment} onClick={flag.open} />
      </footer>
      <FlagDialog
        opened={flagging}
        modality={modality}
        perceived={perceived}
        comment={comment}
        onClose={flag.close}
        onComment={setComment}
        onJudge={judge}
      />
    </>
  );
}

function Question({ work, entry, modality }: Pick<RatingProps, "work" | "entry" | "modality">) {
  const { t } = useTranslation("labeling");
  const says = () => {
    if (work.undoError) return t("stage.undoFailed");
    if (entry.reason) return t("stage.wasReason", { reason: t(`flag.${entry.reason}`) });
    if (entry.score != null) return t("stage.wasScore", { score: signed(entry.score, 0) });
    return t(`stage.question.${modality}`);
  };
  return (
    <p className={look.question} aria-live="polite">
      {says()}
    </p>
  );
}
