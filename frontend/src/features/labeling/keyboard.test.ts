import { commandOf, moveChoice } from "./keyboard";

test("the digits 1 to 7 answer from −3 to 3", () => {
  const scores = ["1", "2", "3", "4", "5", "6", "7"].map((key) => commandOf({ key }));
  expect(scores).toEqual([-3, -2, -1, 0, 1, 2, 3].map((score) => ({ kind: "answer", score })));
});

test("a key held down answers once, not once per repeat", () => {
  expect(commandOf({ key: "5", repeat: true })).toBeNull();
});

test("shortcuts of the browser stay with the browser", () => {
  expect(commandOf({ key: "1", ctrlKey: true })).toBeNull();
  expect(commandOf({ key: "u", metaKey: true })).toBeNull();
});

test("keys without a meaning do nothing", () => {
  for (const key of ["0", "8", "a", "Tab", "Escape", "12"]) expect(commandOf({ key })).toBeNull();
});

test("x tells that a clip cannot be judged", () => {
  expect(commandOf({ key: "x" })).toEqual({ kind: "flag" });
});

test("s reopens the examples of each score", () => {
  expect([commandOf({ key: "s" }), commandOf({ key: "S" })]).toEqual(Array(2).fill({ kind: "standards" }));
});

test("the question mark of a Chinese keyboard asks for help too", () => {
  expect(commandOf({ key: "？" })).toEqual({ kind: "help" });
});

test("the choice starts at neutral and stops at the ends of the scale", () => {
  expect(moveChoice(null, -1)).toBe(0);
  expect(moveChoice(0, 1)).toBe(1);
  expect(moveChoice(3, 1)).toBe(3);
  expect(moveChoice(-3, -1)).toBe(-3);
});
