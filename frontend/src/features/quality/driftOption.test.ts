import { reachOf } from "./biasOption";
import { driftNumbers, isCertain, wanderersOf } from "./driftOption";
import type { Portrait } from "./hooks";

function portrait(pseudonym: string, low: number, high: number): Portrait {
  const change = { value: (low + high) / 2, low, high };
  return {
    pseudonym,
    modality: "audio",
    answers: 20,
    bias: low,
    spread: 1,
    correlation: 0.8,
    pace: 1.2,
    seconds: 3,
    drift: { change, windows: [0.1, 0.2] },
  };
}

test("a drift is certain when its interval leaves out zero, on either side", () => {
  expect(
    [portrait("A1", 0.1, 0.5), portrait("A2", -0.5, -0.1), portrait("A3", -0.1, 0.5)].map(isCertain),
  ).toEqual([true, true, false]);
});

test("only those of the stage with a measured drift have a line, and a row to take away", () => {
  const unmeasured = { ...portrait("A2", 0, 0), drift: null };
  const wanderers = wanderersOf([portrait("A1", 0, 1), unmeasured], "audio");
  expect(driftNumbers(wanderers).rows).toEqual([["A1", 0.1, 0.2]]);
  expect(wanderersOf([portrait("A1", 0, 1)], "vision")).toEqual([]);
});

test("the axis of biases holds one point at least, and the widest bias", () => {
  expect(reachOf([portrait("A1", 0.2, 1)])).toBe(1);
  expect(reachOf([portrait("A1", -1.3, 1)])).toBe(1.5);
});
