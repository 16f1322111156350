/** One reference clip with the same player and keys as in a stage; its answer stays beside it until one goes on. */
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Score } from "@/shared/vocabulary/scale";
import { type Command, moveChoice, useCommands } from "../keyboard";
import own from "../labeling.module.css";
import { Player, type PlayerHandle } from "../Player";
import { ScoreKeys } from "../ScoreKeys";
import { Transcript } from "../Transcript";
import { useStopwatch } from "../timeSpent";
import { usePerceived } from "../usePerceived";
import { asShown, type CalibrationJudgement, type Standard, type Told } from "./hooks";
import { ProblemButton, ProblemDialog } from "./ProblemDialog";

interface ClipProps {
  entry: Omit<Standard, "score" | "reason">;
  modality: Modality;
  paused: boolean;
  told: Told | null;
  head: ReactNode;
  busy: boolean;
  onJudge: (judgement: CalibrationJudgement, seconds: number, plays: number) => void;
  onGoOn: () => void;
  onExpired: () => void;
  children: ReactNode;
}

export function ReferenceClip(props: ClipProps) {
  const { entry, modality, paused, told, busy } = props;
  const player = useRef<PlayerHandle>(null);
  const watch = useStopwatch(`reference ${entry.reference}`);
  const [choice, setChoice] = useState<Score | null>(null);
  const [perceived, perceive] = usePerceived(false, entry.reading_seconds);
  const [reporting, report] = useDisclosure(false);
  const judge = (judgement: CalibrationJudgement) =>
    props.onJudge(judgement, watch.current.seconds, player.current?.plays() ?? 0);
  const answer = (score: Score) => {
    if (!perceived || told || busy) return;
    setChoice(score);
    judge({ score, reason: "", comment: "" });
  };
  const run = (command: Command) => {
    if (command.kind === "play") player.current?.play();
    else if (told) command.kind === "confirm" && props.onGoOn();
    else if (command.kind === "flag") report.open();
    else if (command.kind === "answer") answer(command.score);
    else if (command.kind === "select") setChoice(moveChoice(choice, command.step));
    else if (command.kind === "confirm" && choice !== null) answer(choice);
  };
  const rests = paused || reporting;
  useCommands(run, !rests);
  useEffect(() => {
    if (rests) player.current?.pause();
  }, [rests]);
  return (
    <>
      {props.head}
      <div className={own.middle}>
        {modality !== "text" && (
          <Player
            entry={asShown(entry)}
            modality={modality}
            handle={player}
            onEnd={perceive}
            onProgress={() => watch.current.touch()}
            onExpired={props.onExpired}
          />
        )}
        <Transcript entry={entry} modality={modality} />
      </div>
      <footer className={own.foot}>
        {props.children}
        <ScoreKeys choice={choice} disabled={!perceived || told !== null || busy} onAnswer={answer} />
        {!told && <ProblemButton disabled={busy} onClick={report.open} />}
      </footer>
      <ProblemDialog
        opened={reporting}
        onClose={report.close}
        onReport={(comment) => judge({ score: null, reason: "technical", comment })}
      />
    </>
  );
}
