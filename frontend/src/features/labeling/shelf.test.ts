import "fake-indexeddb/auto";
import type { Unsaved } from "./answers";
import { browserShelf } from "./shelf";

const unsaved = (key: string): Unsaved => ({
  assignment: "a",
  body: { score: 1, reason: "", comment: "", seconds: 1, plays: 0, idempotency_key: key },
  at: 1,
});

test("an answer stays on this device until it is dropped", async () => {
  await browserShelf(7).put(unsaved("k1"));
  expect(await browserShelf(7).all()).toEqual([unsaved("k1")]);
  await browserShelf(7).drop(unsaved("k1"));
  expect(await browserShelf(7).all()).toEqual([]);
});

test("one person's answers are never sent in another's name", async () => {
  await browserShelf(8).put(unsaved("k2"));
  expect(await browserShelf(80).all()).toEqual([]);
});

test("another tab hears that something was put", async () => {
  const heard = vi.fn();
  browserShelf(9).onOtherTab(heard);
  await browserShelf(9).put(unsaved("k3"));
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
});
