import type { Scatter } from "./hooks";
import { pointsOf } from "./scatterOption";

test("clips without a label in a modality have no point there, and the others keep their own values", () => {
  const scatter = {
    clips: ["a", "b", "c"],
    text: { prediction: [0.1, 0.2, 0.3], truth: [0, null, -0.4] },
  } as unknown as Scatter;
  expect(pointsOf(scatter, "text")).toEqual([
    { clip: "a", truth: 0, prediction: 0.1 },
    { clip: "c", truth: -0.4, prediction: 0.3 },
  ]);
});
