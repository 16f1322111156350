/** One clip and its seven keys; lives as long as the clip is shown. */
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Score } from "@/shared/vocabulary/scale";
import { type Command, moveChoice, useCommands } from "./keyboard";
import look from "./labeling.module.css";
import { Player, type PlayerHandle } from "./Player";
import { ScoreKeys } from "./ScoreKeys";
import type { Shown } from "./sequence";
import { useStopwatch } from "./timeSpent";
import type { StageWork } from "./useStageWork";

interface RatingProps {
  work: StageWork;
  entry: Shown;
  modality: Modality;
  /** While a dialog is open the keys rest. */
  paused: boolean;
}

export function Rating({ work, entry, modality, paused }: RatingProps) {
  const { t } = useTranslation("labeling");
  const player = useRef<PlayerHandle>(null);
  const watch = useStopwatch(entry.assignment);
  const [choice, setChoice] = useState<Score | null>((entry.score as Score | undefined) ?? null);
  const [ready, setReady] = useState(modality === "text");

  const answer = (score: Score) => {
    if (ready) work.answer(score, watch.current.seconds, player.current?.plays() ?? 0);
  };
  const run = (command: Command) => {
    if (command.kind === "answer") answer(command.score);
    else if (command.kind === "select") setChoice(moveChoice(choice, command.step));
    else if (command.kind === "confirm" && choice !== null) answer(choice);
    else if (command.kind === "play") player.current?.play();
  };
  useCommands(run, !paused);

  return (
    <>
      <div className={look.middle}>
        {modality !== "text" && (
          <Player
            entry={entry}
            modality={modality}
            handle={player}
            onReady={() => setReady(true)}
            onExpired={() => void work.stage.refetch()}
          />
        )}
        {entry.transcript !== undefined && (
          <p className={look.transcript} lang="zh-CN" data-alone={modality === "text" || undefined}>
            {entry.transcript}
          </p>
        )}
      </div>
      <footer className={look.foot}>
        <p className={look.question} aria-live="polite">
          {work.undoError
            ? t("stage.undoFailed")
            : entry.score !== undefined
              ? t("stage.wasScore", { score: signed(entry.score, 0) })
              : t(`stage.question.${modality}`)}
        </p>
        <ScoreKeys choice={choice} disabled={!ready} onAnswer={answer} />
      </footer>
    </>
  );
}
