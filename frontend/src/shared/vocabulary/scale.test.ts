import { contrast, inkOn, labelColour, SCORES, scoreColour } from "./scale";

test("a label on the scale has the colour of its score", () => {
  for (const score of SCORES) expect(labelColour(score / 3)).toBe(scoreColour(score));
});

test("values beyond the scale take the colour of its end", () => {
  expect(labelColour(-7)).toBe(scoreColour(-3));
  expect(labelColour(1.2)).toBe(scoreColour(3));
});

test("the word on every key reads with a contrast of at least 4.5", () => {
  for (const score of SCORES) {
    const colour = scoreColour(score);
    expect(contrast(colour, inkOn(colour))).toBeGreaterThanOrEqual(4.5);
  }
});

test("opposite scores never share a colour", () => {
  expect(new Set(SCORES.map(scoreColour)).size).toBe(SCORES.length);
});
