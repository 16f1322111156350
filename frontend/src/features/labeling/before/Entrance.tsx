/** What stands before a stage for this annotator now: the gap, a check of sound or screen, or the calibration. */
import { type ReactNode, useCallback, useEffect } from "react";
import { ApiError } from "@/api/client";
import { Failure, Waiting } from "@/shared/parts/Notices";
import type { Modality } from "@/shared/vocabulary/modality";
import type { StageWork } from "../useStageWork";
import { CalibrationRun } from "./CalibrationRun";
import { Checks } from "./Checks";
import { useCheck } from "./hooks";
import { Rest } from "./Rest";

interface EntranceProps {
  work: StageWork;
  campaign: string;
  modality: Modality;
  paused: boolean;
  /** The stage itself, once nothing stands before it. */
  children: ReactNode;
}

export function Entrance({ work, campaign, modality, paused, children }: EntranceProps) {
  const check = useCheck(campaign, modality);
  const { refetch } = work.stage;
  const { refetch: lookAgain } = check;
  const askAgain = useCallback(() => void refetch(), [refetch]);
  const refusal = work.stage.error instanceof ApiError ? work.stage.error : null;
  const unchecked = refusal?.code === "check_needed";
  useEffect(() => {
    if (unchecked) void lookAgain(); // what was known of the check before may be old
  }, [unchecked, lookAgain]);
  if (refusal?.code === "stage_rests")
    return <Rest opensAt={String(refusal.details.opens_at)} onOpen={askAgain} />;
  // Nothing to rate, nothing to try: a finished or locked stage says so at once.
  const closed = unchecked || refusal?.code === "calibration_needed";
  if (!closed && work.shown === undefined) return children;
  if (check.error && !check.data) return <Failure error={check.error} retry={check.refetch} />;
  if (modality !== "text" && !check.data) return <Waiting />;
  if (check.data && check.data.needed.length > 0)
    return <Checks campaign={campaign} modality={modality} needed={check.data.needed} paused={paused} />;
  if (unchecked) return <Waiting />; // it has just been made, and the stage is being asked for again
  if (refusal) return <CalibrationRun campaign={campaign} modality={modality} paused={paused} />;
  return children;
}
