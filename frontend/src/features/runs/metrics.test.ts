import type { Metrics } from "./hooks";
import { metricText, sizes } from "./metrics";

const metrics: Metrics = {
  acc2: 0.8251,
  f1: 0.8,
  acc2_weak: null,
  acc3: 0.7,
  acc5: 0.5,
  mae: 0.2954,
  corr: -0.1234,
  r2: null,
};

test("shares read as percentages, distances and correlations with three digits", () => {
  expect([metricText("acc2", metrics), metricText("mae", metrics), metricText("corr", metrics)]).toEqual([
    "82.5",
    "0.295",
    "−0.123",
  ]);
});

test("a metric that does not exist is a dash", () => {
  expect([metricText("acc2_weak", metrics), metricText("r2", metrics), metricText("f1", null)]).toEqual([
    "–",
    "–",
    "–",
  ]);
});

test("clips without a label do not count, and 0.4 is still weak", () => {
  expect(sizes([0.4, -0.4, null, 0.6])).toEqual({ n: 3, weak: 2 });
});
