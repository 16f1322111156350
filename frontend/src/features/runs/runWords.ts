/** How the settings of a run read in the person's language. */
import { useTranslation } from "react-i18next";
import { isModality } from "@/shared/vocabulary/modality";
import type { Run } from "./hooks";

/** In the order of the paper's Table 4. */
export const ABLATIONS = [
  "none",
  "without_mixup_and_unimodal_tasks",
  "without_mixup",
  "without_mixup_audio",
  "without_mixup_vision",
] as const;

export function useRunWords() {
  const { t } = useTranslation("runs");
  const recipe = (run: Pick<Run, "recipe_name">) =>
    run.recipe_name === "paper" || run.recipe_name === "released"
      ? t(`recipe.${run.recipe_name}`)
      : run.recipe_name;
  const learning = (run: Pick<Run, "semi">) => t(run.semi ? "learning.semi" : "learning.supervised");
  const ablation = (run: Pick<Run, "ablation">) => {
    const known = ABLATIONS.find((one) => one === run.ablation);
    return known ? t(`ablation.${known}`) : run.ablation;
  };
  return {
    version: (run: Pick<Run, "version_number">) => run.version_number,
    model: (run: Pick<Run, "model" | "main_task">) => {
      if (!isModality(run.model)) return t("avmc");
      const modality = t(`modality.${run.model}`, { ns: "shared" });
      return t(run.main_task === "multimodal" ? "unimodal.taughtMultimodal" : "unimodal.taughtUnimodal", {
        modality,
      });
    },
    ablation,
    /** Recipe, learning and ablation in one line. */
    settings: (run: Pick<Run, "recipe_name" | "semi" | "ablation">) =>
      [recipe(run), learning(run), ...(run.ablation === "none" ? [] : [ablation(run)])].join(" · "),
    recipe,
    learning,
    state: (run: Pick<Run, "state">) =>
      run.state === "waiting" ? t("waiting") : t(`job.${run.state}`, { ns: "shared" }),
  };
}
