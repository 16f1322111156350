/** How the recipe that a sweep starts from reads in the person's language. */
import { useTranslation } from "react-i18next";
import { isModality } from "@/shared/vocabulary/modality";
import { useRunWords } from "../runWords";
import type { Sweep } from "./hooks";

export function useBaseRecipe() {
  const { t } = useTranslation("runs");
  const words = useRunWords();
  return (sweep: Sweep) => {
    const model = isModality(sweep.model)
      ? t("unimodal.only", { modality: t(`modality.${sweep.model}`, { ns: "shared" }) })
      : t("avmc");
    return [model, words.recipe(sweep), words.learning(sweep)].join(" · ");
  };
}
