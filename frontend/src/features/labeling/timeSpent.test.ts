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

test("of a long pause only its first half minute counts", () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  now = 600_000;
  watch.touch();
  now = 605_000;
  expect(watch.seconds).toBe(35);
});

test("a long clip counts whole, since its playing is a sign of life", () => {
  let now = 0;
  const watch = new Stopwatch(() => now);
  for (; now < 90_000; now += 250) watch.touch();
  expect(watch.seconds).toBe(90);
});
