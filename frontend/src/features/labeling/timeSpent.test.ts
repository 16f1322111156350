import { Stopwatch } from "./timeSpent";

test("time with the tab hidden does not count", () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  now = 2_000;
  watch.pause();
  now = 60_000;
  watch.go();
  now = 61_500;
  expect(watch.seconds).toBe(3.5);
});

test("pausing or starting twice changes nothing", () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  watch.go();
  now = 1_000;
  watch.pause();
  now = 5_000;
  watch.pause();
  expect(watch.seconds).toBe(1);
});
