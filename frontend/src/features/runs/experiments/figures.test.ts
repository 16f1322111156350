import { effectText, intervalText, spreadText } from "./figures";

test("a spread reads as mean and deviation, a single run as its value", () => {
  expect(spreadText("acc2", { mean: 0.825, deviation: 0.0123, runs: 5 })).toBe("82.5 ± 1.2");
  expect(spreadText("mae", { mean: 0.2971, deviation: null, runs: 1 })).toBe("0.297");
  expect(spreadText("corr", null)).toBe("–");
});

test("an interval reads in the digits of its metric", () => {
  expect(intervalText("acc2", [0.8, 0.85])).toBe("80.0 – 85.0");
  expect(intervalText("corr", null)).toBe("–");
});

test("a difference reads with its sign, and none has none", () => {
  expect([effectText("acc2", 0.2), effectText("acc2", -0.2), effectText("mae", 0.022)]).toEqual([
    "+20.0",
    "−20.0",
    "+0.022",
  ]);
  expect([effectText("mae", 0.0001), effectText("r2", null)]).toEqual(["0.000", "–"]);
});
