import { expect, test } from "vitest";
import { histogramNumbers, reach } from "./histogramOption";
import type { FigureFacts } from "./hooks";

const figure: FigureFacts = {
  name: "estoi",
  clips: 3,
  mean: 0.2,
  least: 0.1,
  percentile_5: 0.1,
  median: 0.2,
  percentile_95: 0.3,
  most: 0.3,
  threshold: 0.5,
  high_is_bad: true,
  edges: [0.1, 0.2, 0.3],
  counts: [1, 2],
};

test("the axis reaches beyond the values to the threshold", () => {
  const [low, high] = reach(figure);
  expect(low).toBeLessThan(0.1);
  expect(high).toBeGreaterThan(0.5);
});

test("a figure that is the same in every clip still has some width", () => {
  const [low, high] = reach({ ...figure, least: 1, most: 1, threshold: null });
  expect(high).toBeGreaterThan(low);
});

test("the numbers are the bins with their ends", () => {
  expect(histogramNumbers(figure).rows).toEqual([
    [0.1, 0.2, 1],
    [0.2, 0.3, 2],
  ]);
});
