import { figure, seedsOf, spreadText } from "./figures";

test("figures have the paper's digits", () => {
  expect(figure("acc2", 82.5)).toBe("82.50");
  expect(figure("mae", 0.297)).toBe("0.297");
  expect(figure("r2", -3.4)).toBe("−3.40");
});

test("a spread has a deviation from two seeds on", () => {
  expect(spreadText("acc2", { mean: 75, deviation: 7.07 })).toBe("75.00 ± 7.07");
  expect(spreadText("mae", { mean: 0.3, deviation: null })).toBe("0.300");
  expect(spreadText("corr", null)).toBe("–");
});

test("a row that nothing measured has no seeds", () => {
  expect(seedsOf({ acc2: null, mae: null })).toBe(0);
  expect(seedsOf({ acc2: { runs: 5 }, corr: { runs: 4 } })).toBe(5);
});
