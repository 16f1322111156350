/** What prepares a campaign, and what its annotators tell about clips. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api, cursorOf, type Schemas } from "@/api/client";
import type { Modality } from "@/shared/vocabulary/modality";

export type Flag = Schemas["Flag"];
export type Reason = Exclude<Flag["reason"], "">;
export type Preparation = Schemas["Preparation"];
export type CalibrationSetting = Schemas["CalibrationSetting"];
export type Reference = Schemas["Reference"];
export type NewReference = Schemas["NewReferenceRequest"];
export type Use = "standard" | "calibration";
export type Readiness = Schemas["Readiness"];

export const REASONS: readonly Reason[] = ["no_speech", "no_face", "wrong_transcript", "technical"];

const path = (id: string) => ({ path: { id } });

export function useFlags(campaign: string, reason: Reason | undefined) {
  return useInfiniteQuery({
    queryKey: ["flags", campaign, reason],
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET("/api/campaigns/{id}/flags/", { params: { ...path(campaign), query: { reason, cursor } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => cursorOf(next),
  });
}

/** Reference clips that did not play in somebody's calibration. */
export function useCalibrationFlags(campaign: string) {
  return useInfiniteQuery({
    queryKey: ["calibration flags", campaign],
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET("/api/campaigns/{id}/calibration-flags/", {
          params: { ...path(campaign), query: { cursor } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => cursorOf(next),
  });
}

export function usePreparation(campaign: string) {
  return useQuery({
    queryKey: ["preparation", campaign],
    queryFn: () => answer(api.GET("/api/campaigns/{id}/preparation/", { params: path(campaign) })),
  });
}

export function useChangePreparation(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["PatchedPreparationChangeRequest"]) =>
      answer(api.PATCH("/api/campaigns/{id}/preparation/", { params: path(campaign), body })),
    onSuccess: (preparation) => queries.setQueryData(["preparation", campaign], preparation),
  });
}

/** Another share of clips that come twice; the job that gives them out has ended already in small campaigns. */
export function useChangeRepeats(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["RepeatsChangeRequest"]) =>
      answer(api.POST("/api/campaigns/{id}/repeats/", { params: path(campaign), body })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["preparation", campaign] });
      void queries.invalidateQueries({ queryKey: ["campaigns"] });
    },
  });
}

/** Lets an annotator into a stage without its calibration, for a reason. */
export function useLetIn(campaign: string, pseudonym: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["LetInRequest"]) =>
      answer(
        api.POST("/api/campaigns/{id}/annotators/{pseudonym}/let-in/", {
          params: { path: { id: campaign, pseudonym } },
          body,
        }),
      ),
    onSuccess: (preparation) => queries.setQueryData(["preparation", campaign], preparation),
  });
}

/** Clips whose score is given for one use in one stage, by score. */
export function useReferences(campaign: string, use: Use, modality: Modality) {
  return useInfiniteQuery({
    queryKey: ["references", campaign, use, modality],
    queryFn: ({ pageParam: cursor }) =>
      answer(
        api.GET("/api/campaigns/{id}/references/", {
          params: { ...path(campaign), query: { use, modality, cursor } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => cursorOf(next),
  });
}

export function useSetReference(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewReference) =>
      answer(api.POST("/api/campaigns/{id}/references/", { params: path(campaign), body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["references", campaign] }),
  });
}

/** The first clips of a project that a search finds, to choose one of. */
export function useClipSearch(project: string, search: string) {
  return useQuery({
    queryKey: ["clips", "search", project, search],
    queryFn: () =>
      answer(
        api.GET("/api/clips/", {
          params: { query: { project, search: search || undefined, page_size: 20 } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
