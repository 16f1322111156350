import { breakIsDue, rememberTold, toldAt } from "./breaks";

const after = (minutes: number) => ({ work_seconds: minutes * 60, break_after_seconds: 45 * 60 });

test("a break is due after forty-five minutes of work", () => {
  expect(breakIsDue(after(44), 0)).toBe(false);
  expect(breakIsDue(after(45), 0)).toBe(true);
});

test("once dismissed, it is due again after as much more work", () => {
  expect(breakIsDue(after(60), 46 * 60)).toBe(false);
  expect(breakIsDue(after(91), 46 * 60)).toBe(true);
});

test("a break that was taken starts the count anew", () => {
  expect(breakIsDue(after(10), 46 * 60)).toBe(false);
  expect(breakIsDue(after(45), 46 * 60)).toBe(true);
});

test("what was dismissed is remembered for the campaign, in this tab", () => {
  rememberTold("c", 2760);
  expect([toldAt("c"), toldAt("d")]).toEqual([2760, 0]);
});
