import { COUNTS, someCount } from "./beeps";

test("every count can come, and none beyond", () => {
  const drawn = new Set([0, 0.19, 0.2, 0.4, 0.6, 0.8, 0.999].map((chance) => someCount(() => chance)));
  expect([...drawn].sort()).toEqual([...COUNTS]);
});

test("a guess is wrong more often than right", () => {
  expect(COUNTS.length).toBeGreaterThan(2);
});
