import type { Unsaved } from "./answers";
import { browserShelf } from "./shelf";

const unsaved = (key: string): Unsaved => ({
  assignment: "a",
  body: { score: 1, reason: "", comment: "", seconds: 1, plays: 0, idempotency_key: key },
  at: 1,
});

beforeEach(() => localStorage.clear());

test("an answer stays on this device until it is dropped", () => {
  browserShelf(7).put(unsaved("k1"));
  expect(browserShelf(7).all()).toEqual([unsaved("k1")]);
  browserShelf(7).drop(unsaved("k1"));
  expect(browserShelf(7).all()).toEqual([]);
});

test("one person's answers are never sent in another's name", () => {
  browserShelf(7).put(unsaved("k1"));
  expect(browserShelf(70).all()).toEqual([]);
});
