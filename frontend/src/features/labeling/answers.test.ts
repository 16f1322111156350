import { ApiError } from "@/api/client";
import { AnswerQueue, type Outcome, type Shelf, type Unsaved } from "./answers";
import type { Answer, Answered } from "./hooks";

const DONE: Answered = {
  annotation: 1,
  stage_done: false,
  next_stage: null,
  campaign: "c",
  modality: "audio",
  state: "open",
  done: 1,
  total: 6,
  batch: 1,
  batches: 1,
  queue: [],
  preparing: 0,
  withheld: 0,
  can_undo: true,
};
const GIVEN = { score: 2, reason: "", comment: "", seconds: 3.5, plays: 1 } as const;

function memoryShelf(kept: Unsaved[] = []): Shelf & { kept: Unsaved[] } {
  return {
    kept,
    all: async () => [...kept],
    put: async (unsaved) => void kept.push(unsaved),
    drop: async (unsaved) => void kept.splice(kept.indexOf(unsaved), 1),
    onOtherTab: () => {},
  };
}

/** A server that answers each call by the next outcome; an error is thrown, and after the last all is well. */
function server(...outcomes: (Error | "ok")[]) {
  const received: { assignment: string; body: Answer }[] = [];
  const send = async (assignment: string, body: Answer) => {
    received.push({ assignment, body });
    const outcome = outcomes.shift() ?? "ok";
    if (outcome !== "ok") throw outcome;
    return DONE;
  };
  return { received, send };
}

const instantly = async () => {};
const unreachable = () => new ApiError(0, "unreachable", "The server cannot be reached.");

async function settled(queue: AnswerQueue) {
  await vi.waitFor(() => expect(queue.snapshot().unsaved).toHaveLength(0));
}

test("an answer counts as unsaved until the server acknowledges it", async () => {
  const { send } = server();
  const shelf = memoryShelf();
  const queue = new AnswerQueue({ send, shelf });
  queue.add("a", GIVEN);
  expect(queue.snapshot().unsaved).toHaveLength(1);
  expect(shelf.kept).toHaveLength(1);
  await settled(queue);
  expect(shelf.kept).toHaveLength(0);
});

test("a try that failed is made again with the same key", async () => {
  const { received, send } = server(unreachable(), new ApiError(503, "busy", "Busy."), "ok");
  const queue = new AnswerQueue({ send, shelf: memoryShelf(), sleep: instantly });
  queue.add("a", GIVEN);
  await settled(queue);
  expect(received).toHaveLength(3);
  expect(new Set(received.map(({ body }) => body.idempotency_key)).size).toBe(1);
});

test("two answers have two keys", async () => {
  const { received, send } = server();
  const queue = new AnswerQueue({ send, shelf: memoryShelf() });
  queue.add("a", GIVEN);
  queue.add("b", GIVEN);
  await settled(queue);
  expect(received[0]?.body.idempotency_key).not.toBe(received[1]?.body.idempotency_key);
});

test("answers arrive in the order in which they were given", async () => {
  const { received, send } = server(unreachable());
  const queue = new AnswerQueue({ send, shelf: memoryShelf(), sleep: instantly });
  for (const assignment of ["a", "b", "c"]) queue.add(assignment, GIVEN);
  await settled(queue);
  expect(received.map(({ assignment }) => assignment)).toEqual(["a", "a", "b", "c"]);
});

test("while the server is away the queue says so, and hurrying ends the pause", async () => {
  const { send } = server(unreachable());
  const queue = new AnswerQueue({ send, shelf: memoryShelf(), sleep: () => new Promise(() => {}) });
  queue.add("a", GIVEN);
  await vi.waitFor(() => expect(queue.snapshot().waiting).toBe(true));
  queue.hurry();
  await settled(queue);
  expect(queue.snapshot().waiting).toBe(false);
});

test("an answer that the server refuses is said, dropped, and holds up nothing", async () => {
  const { received, send } = server(new ApiError(409, "campaign_paused", "The campaign is paused."), "ok");
  const queue = new AnswerQueue({ send, shelf: memoryShelf() });
  const told: [string, Outcome][] = [];
  queue.onSettled = (assignment, outcome) => told.push([assignment, outcome]);
  queue.add("a", GIVEN);
  queue.add("b", GIVEN);
  await settled(queue);
  expect(queue.snapshot().refused).toBe("The campaign is paused.");
  expect(received).toHaveLength(2);
  expect(told).toEqual([
    ["a", "refused"],
    ["b", DONE],
  ]);
});

test("signed out, answers are kept and sent with their old keys after signing in again", async () => {
  const shelf = memoryShelf();
  const before = server(new ApiError(401, "not_authenticated", "Sign in."));
  const queue = new AnswerQueue({ send: before.send, shelf });
  const signedOut = vi.fn();
  queue.onSignedOut = signedOut;
  queue.add("a", GIVEN);
  await vi.waitFor(() => expect(signedOut).toHaveBeenCalled());
  const after = server();
  const next = new AnswerQueue({ send: after.send, shelf });
  await next.deliver();
  expect(after.received[0]?.body).toEqual(before.received[0]?.body);
  expect(shelf.kept).toHaveLength(0);
});

test("an answer is sent only once it is on the shelf", async () => {
  const { received, send } = server();
  let shelved = () => {};
  const shelf = { ...memoryShelf(), put: () => new Promise<void>((resolve) => (shelved = resolve)) };
  const queue = new AnswerQueue({ send, shelf });
  queue.add("a", GIVEN);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(received).toHaveLength(0);
  shelved();
  await settled(queue);
  expect(received).toHaveLength(1);
});

test("a browser that cannot keep answers is told of, and they are sent all the same", async () => {
  const { received, send } = server(unreachable());
  const shelf = { ...memoryShelf(), put: () => Promise.reject(new Error("quota")) };
  const queue = new AnswerQueue({ send, shelf, sleep: () => new Promise(() => {}) });
  queue.add("a", GIVEN);
  await vi.waitFor(() => expect(queue.snapshot()).toMatchObject({ fleeting: true, waiting: true }));
  queue.hurry();
  await settled(queue);
  expect(received).toHaveLength(2);
  expect(queue.snapshot().fleeting).toBe(false);
});

test("of two tabs one sends at a time, and each answer is sent once", async () => {
  const { received, send } = server();
  const shelf = memoryShelf();
  let last = Promise.resolve();
  const alone = (work: () => Promise<void>) => (last = last.then(work));
  const [one, other] = [new AnswerQueue({ send, shelf, alone }), new AnswerQueue({ send, shelf, alone })];
  one.add("a", GIVEN);
  other.add("b", GIVEN);
  one.add("c", GIVEN);
  await Promise.all([settled(one), settled(other)]);
  expect(received.map(({ assignment }) => assignment).sort()).toEqual(["a", "b", "c"]);
});
