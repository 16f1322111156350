/** How the settings of a run read in the person's language. */
import { useTranslation } from "react-i18next";
import type { Run } from "./hooks";

/** Names of models are proper nouns; one that is not known here is shown as the server calls it. */
const MODELS: Record<string, string> = { avmc: "AV-MC" };

export function useRunWords() {
  const { t } = useTranslation("runs");
  const recipe = (run: Pick<Run, "recipe_name">) =>
    run.recipe_name === "paper" || run.recipe_name === "released"
      ? t(`recipe.${run.recipe_name}`)
      : run.recipe_name;
  const learning = (run: Pick<Run, "semi">) => t(run.semi ? "learning.semi" : "learning.supervised");
  return {
    version: (run: Pick<Run, "version_number">) => run.version_number,
    model: (run: Pick<Run, "model">) => MODELS[run.model] ?? run.model,
    recipe,
    learning,
    state: (run: Pick<Run, "state">) =>
      run.state === "waiting" ? t("waiting") : t(`job.${run.state}`, { ns: "shared" }),
  };
}
