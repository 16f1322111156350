/** The request that launches a run again with every setting of an earlier one. */
import { ofModel } from "./features";
import type { Launch, RunDetail } from "./hooks";

/** Settings that the request names by themselves, or that follow from those. */
const NAMED = ["variant", "semi", "model", "epochs"];

export function sameAgain(run: RunDetail): Launch {
  const { version, model, semi, seed, text, audio, vision } = run;
  return {
    version,
    model: model as Launch["model"],
    recipe: run.recipe_name as Launch["recipe"],
    semi,
    seed,
    epochs: run.most_epochs,
    ...ofModel(model, { text, audio, vision }),
    overrides: Object.fromEntries(Object.entries(run.recipe).filter(([name]) => !NAMED.includes(name))),
  };
}
