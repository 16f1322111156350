import { curveNumbers, partsOf, termsOf } from "./curveOptions";
import type { Epoch } from "./hooks";

const epoch = (number: number, losses: Record<string, number>) => ({ number, losses }) as unknown as Epoch;

test("regression terms come before mixup terms, and the total is none of them", () => {
  const epochs = [epoch(1, { mixup_audio: 1, regression_text: 2, total: 3, regression_audio: 1 })];
  expect(termsOf(epochs)).toEqual(["regression_text", "regression_audio", "mixup_audio"]);
});

test("a run without an epoch has no terms", () => {
  expect(termsOf([])).toEqual([]);
});

test("a term names its kind and its modality", () => {
  expect(partsOf("mixup_vision")).toEqual({ kind: "mixup", modality: "vision" });
});

test("the numbers to take away have a row for each epoch and a column for each curve", () => {
  const curves = [{ name: "total", colour: "#000", valueAt: (one: Epoch) => one.losses.total }];
  expect(curveNumbers([epoch(1, { total: 0.5 }), epoch(2, { total: 0.25 })], curves)).toEqual({
    header: ["epoch", "total"],
    rows: [
      [1, 0.5],
      [2, 0.25],
    ],
  });
});
