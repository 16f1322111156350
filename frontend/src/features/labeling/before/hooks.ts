/** What comes before a stage or stands beside it: class standards, calibration, checks of sound and screen. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";
import type { Modality } from "@/shared/vocabulary/modality";
import { stageKey } from "../hooks";
import type { Shown } from "../sequence";

export type Standard = Schemas["Standard"];
export type Calibration = Schemas["Calibration"];
export type CalibrationAnswer = Schemas["CalibrationAnswerRequest"];
/** The answer to a reference clip without its round: a score, or that it does not play. */
export type CalibrationJudgement = Pick<CalibrationAnswer, "score" | "reason" | "comment">;
export type Told = Schemas["CalibrationAnswered"];
export type CheckKind = Schemas["NeededEnum"];

const place = (campaign: string, modality: Modality) => ({ params: { path: { campaign, modality } } });

/** A reference clip as the player takes it: it has a number where others have an assignment. */
export function asShown(entry: Schemas["ReferenceEntry"]): Shown {
  return { ...entry, assignment: `reference ${entry.reference}`, position: 0 };
}

export function useStandards(campaign: string, modality: Modality, enabled: boolean) {
  return useQuery({
    queryKey: ["standards", campaign, modality],
    queryFn: () =>
      answer(api.GET("/api/my-work/{campaign}/{modality}/standards/", place(campaign, modality))),
    enabled,
  });
}

export function useCalibration(campaign: string, modality: Modality) {
  return useQuery({
    queryKey: ["calibration", campaign, modality],
    queryFn: () =>
      answer(api.GET("/api/my-work/{campaign}/{modality}/calibration/", place(campaign, modality))),
    refetchOnWindowFocus: false,
    // An admin may let one in, or the files be made, at any moment.
    refetchInterval: (query) => (query.state.data?.preparing ? 5_000 : false),
  });
}

export function useRateReference(campaign: string, modality: Modality) {
  return useMutation({
    mutationFn: (body: CalibrationAnswer) =>
      answer(
        api.POST("/api/my-work/{campaign}/{modality}/calibration/", { ...place(campaign, modality), body }),
      ),
    // The very same request is stored once, so a lost connection is no reason to bother anybody.
    retry: (count, error) => count < 3 && "mayPass" in error && error.mayPass === true,
    retryDelay: 800,
  });
}

/** What to try before this stage; words need nothing. */
export function useCheck(campaign: string, modality: Modality) {
  return useQuery({
    queryKey: ["check", campaign, modality],
    queryFn: () => answer(api.GET("/api/my-work/{campaign}/{modality}/check/", place(campaign, modality))),
    enabled: modality !== "text",
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

export function useRecordCheck(campaign: string, modality: Modality) {
  const queries = useQueryClient();
  const enter = useEnter(campaign, modality);
  return useMutation({
    mutationFn: (body: Schemas["CheckRequestRequest"]) =>
      answer(api.POST("/api/my-work/{campaign}/{modality}/check/", { ...place(campaign, modality), body })),
    onSuccess: (state) => {
      queries.setQueryData(["check", campaign, modality], state);
      void enter(); // a stage that was never checked has given out no clips yet
    },
  });
}

/** Asks for the stage again once nothing keeps it closed any more. */
export function useEnter(campaign: string, modality: Modality) {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ["my-work"], exact: true });
    return queries.resetQueries({ queryKey: stageKey(campaign, modality) });
  };
}
