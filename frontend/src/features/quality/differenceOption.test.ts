import { differenceNumbers, farthestOf, highestOf, stepsTo } from "./differenceOption";
import type { RuleDistance } from "./rulesHooks";

function stage(counts: Record<number, number>, clips: number): RuleDistance {
  const differences = Array.from({ length: 21 }, (_, place) => counts[place - 10] ?? 0);
  return {
    modality: "audio",
    rule: "mean",
    clips,
    changed: 0,
    mean_difference: 0,
    class_changes: 0,
    correlation: null,
    differences,
  };
}

test("the axis reaches as far as the farthest label of any rule, either way, and leaves nothing out but nothing", () => {
  expect(farthestOf([stage({ 0: 5, 1: 2 }, 7), stage({ "-3": 1, 0: 6 }, 7)])).toBe(3);
  expect(farthestOf([stage({ 0: 7 }, 7)])).toBe(1);
  expect(stepsTo(2)).toEqual([-2, -1, 1, 2]);
});

test("the height is of changed labels alone, and a stage without clips has no share", () => {
  expect(highestOf([stage({ 0: 90, 1: 8, 2: 2 }, 100)])).toBe(10);
  expect(highestOf([stage({}, 0)])).toBe(10);
});

test("the numbers to take away are counts by difference", () => {
  const { header, rows } = differenceNumbers([stage({ 1: 4 }, 10)]);
  expect(header).toEqual(["difference", "audio"]);
  expect(rows).toHaveLength(20);
  expect(rows[10]).toEqual([0.2, 4]);
});
