import { upcoming } from "./sequence";

const queue = ["a", "b", "c"].map((assignment, i) => ({ assignment, position: i + 1 }));

test("a clip answered here is not shown again while its answer is on its way", () => {
  const left = upcoming(queue, new Set(["a"]), null);
  expect(left.map((entry) => entry.assignment)).toEqual(["b", "c"]);
});

test("a clip that was taken back comes first, once, with its score", () => {
  const takenBack = { assignment: "b", position: 2, score: -2, reason: "" as const };
  const left = upcoming(queue, new Set(), takenBack);
  expect(left.map((entry) => entry.assignment)).toEqual(["b", "a", "c"]);
  expect(left[0]?.score).toBe(-2);
});

test("nothing is left when all that the server offers is answered", () => {
  expect(upcoming(queue, new Set(["a", "b", "c"]), null)).toEqual([]);
});
