import { bytes, decimal, duration, percent, signed, whole } from "./format";

test("labels carry their sign, and zero has none", () => {
  expect([signed(0.4), signed(0), signed(-1), signed(-0.01)]).toEqual(["+0.4", "0.0", "−1.0", "0.0"]);
});

test("what is missing reads as a dash, never as zero", () => {
  expect([signed(null), decimal(null), percent(undefined), whole(null), duration(null), bytes(null)]).toEqual(
    Array(6).fill("–"),
  );
});

test("durations grow from seconds to hours", () => {
  expect([duration(3.24), duration(42.4), duration(65), duration(7389)]).toEqual([
    "3.2 s",
    "42 s",
    "1:05",
    "2:03:09",
  ]);
});

test("bytes use the largest unit that leaves a whole number in front", () => {
  expect([bytes(0), bytes(999), bytes(1_000), bytes(2_345_678)]).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "2.3 MB",
  ]);
});

test("shares become percentages", () => {
  expect(percent(0.8346)).toBe("83.5");
});
