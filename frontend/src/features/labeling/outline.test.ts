import { peaks } from "./outline";

test("each stretch is as high as its loudest sample, whichever its sign", () => {
  expect(peaks([0.1, -0.5, 0.2, 0.25], 2)).toEqual([1, 0.5]);
});

test("silence stays flat", () => {
  expect(peaks([0, 0, 0, 0], 2)).toEqual([0, 0]);
});

test("fewer samples than stretches leave no gap in the count", () => {
  expect(peaks([1, 1], 5)).toHaveLength(5);
});
