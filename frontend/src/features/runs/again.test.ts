import { sameAgain } from "./again";
import type { RunDetail } from "./hooks";

test("a run launched again keeps every setting that was changed by hand", () => {
  const run = {
    version: "v",
    model: "avmc",
    recipe_name: "paper",
    semi: true,
    seed: 7,
    most_epochs: 12,
    text: "lsa",
    audio: "egemaps",
    vision: "landmarks",
    recipe: { variant: "paper", semi: true, model: "avmc", epochs: 12, batch_size: 16 },
  } as unknown as RunDetail;
  expect(sameAgain(run)).toEqual({
    version: "v",
    model: "avmc",
    recipe: "paper",
    semi: true,
    seed: 7,
    epochs: 12,
    text: "lsa",
    audio: "egemaps",
    vision: "landmarks",
    overrides: { batch_size: 16 },
  });
});

test("a unimodal run launched again names its own features alone", () => {
  const run = {
    model: "audio",
    text: "lsa",
    audio: "egemaps",
    vision: null,
    recipe: {},
  } as unknown as RunDetail;
  const again = sameAgain(run);
  expect(again.audio).toBe("egemaps");
  expect("text" in again || "vision" in again).toBe(false);
});
