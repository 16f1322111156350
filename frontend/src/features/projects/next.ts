/** What a project needs next, on the way from video to a trained model. */
import type { Project } from "@/api/projects";

export type NextStep = "clips" | "label" | "publish" | "train";

export const NEXT_PAGE: Record<NextStep, string> = {
  clips: "clips?import=1",
  label: "campaigns",
  publish: "versions?publish=1",
  train: "runs?launch=1",
};

export function nextStep(counts: Project["counts"]): NextStep {
  if (counts.clips === 0) return "clips";
  if (counts.versions > 0) return "train";
  return counts.supervised > 0 && counts.labelled >= counts.supervised ? "publish" : "label";
}
