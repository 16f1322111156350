/** Answers on their way to the server: kept until acknowledged, in order, sent again with the same key. */
import { ApiError } from "@/api/client";
import type { Answer, Answered } from "./hooks";

/** An answer that the server has not acknowledged yet. */
export interface Unsaved {
  assignment: string;
  body: Answer;
  at: number;
}

/** Where unsaved answers outlive the page. */
export interface Shelf {
  all: () => Promise<Unsaved[]>;
  put: (unsaved: Unsaved) => Promise<void>;
  drop: (unsaved: Unsaved) => Promise<void>;
  /** Told when another tab has put or dropped something. */
  onOtherTab: (listener: () => void) => void;
}

export interface QueueState {
  unsaved: readonly Unsaved[];
  /** True while the server cannot be reached and the next try waits. */
  waiting: boolean;
  /** True when this browser could not keep an answer: it lives as long as the page does. */
  fleeting: boolean;
  /** The server's sentence about an answer that it did not accept. */
  refused: string | null;
}

/** How an answer left the queue; "elsewhere": another tab has sent it. */
export type Outcome = Answered | "refused" | "elsewhere";

interface Options {
  send: (assignment: string, body: Answer) => Promise<Answered>;
  shelf: Shelf;
  /** Runs the work when no other tab sends. */
  alone?: (work: () => Promise<void>) => Promise<void>;
  sleep?: (milliseconds: number) => Promise<void>;
  newKey?: () => string;
  now?: () => number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;
const keyOf = (unsaved: Unsaved) => unsaved.body.idempotency_key;

export class AnswerQueue {
  private state: QueueState = { unsaved: [], waiting: false, fleeting: false, refused: null };
  private sending = false;
  private wake: (() => void) | null = null;
  /** Answers of this page that are not on the shelf yet, or that it could not take. */
  private readonly writing = new Map<string, Promise<void>>();
  private readonly settled = new Set<string>();
  private readonly listeners = new Set<() => void>();
  onSettled: (assignment: string, outcome: Outcome) => void = () => {};
  onSignedOut: () => void = () => {};

  constructor(private readonly options: Options) {
    options.shelf.onOtherTab(() => void this.lookUp());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  /** Keep an answer and start to send it. */
  add(assignment: string, given: Omit<Answer, "idempotency_key">): void {
    const { newKey = randomKey, now = Date.now } = this.options;
    const unsaved = { assignment, body: { ...given, idempotency_key: newKey() }, at: now() };
    this.writing.set(keyOf(unsaved), this.keep(unsaved));
    this.change({ unsaved: [...this.state.unsaved, unsaved] });
    void this.deliver();
  }

  /** Try at once instead of at the end of the pause: the network is back, or someone asked. */
  hurry(): void {
    this.wake?.();
    void this.deliver();
  }

  forgetRefusal(): void {
    this.change({ refused: null });
  }

  /** Send what waits, of this page or left by an earlier one, until nothing is left or the person is signed out. */
  async deliver(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const { alone = (work) => work() } = this.options;
    let signedOut = false;
    do {
      await alone(async () => {
        await this.lookUp();
        signedOut = !(await this.sendAll());
      });
    } while (!signedOut && this.state.unsaved.length > 0);
    this.sending = false;
  }

  /** Oldest first; false when the person is signed out. */
  private async sendAll(): Promise<boolean> {
    let pause = FIRST_PAUSE;
    for (let first = this.state.unsaved[0]; first; first = this.state.unsaved[0]) {
      const outcome = await this.try(first);
      if (outcome === "signed out") return false;
      if (outcome === "settled") {
        pause = FIRST_PAUSE;
        continue;
      }
      await this.rest(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    return true;
  }

  /** Take the shelf's word: what other tabs and earlier pages left there, less what another tab has sent. */
  private async lookUp(): Promise<void> {
    // While the shelf is read, answers come and go; only what was on it before can have been taken by another tab.
    const before = this.state.unsaved.filter((one) => !this.writing.has(keyOf(one)));
    const all = await this.options.shelf.all().catch(() => null);
    if (!all) return;
    const kept = all.filter((one) => !this.settled.has(keyOf(one)));
    const shelved = new Set(kept.map(keyOf));
    const gone = before.filter((one) => !shelved.has(keyOf(one)) && !this.settled.has(keyOf(one)));
    const own = this.state.unsaved.filter((one) => !shelved.has(keyOf(one)) && !gone.includes(one));
    this.change({ unsaved: [...kept, ...own].sort((one, other) => one.at - other.at) });
    for (const unsaved of gone) this.onSettled(unsaved.assignment, "elsewhere");
  }

  private async keep(unsaved: Unsaved): Promise<void> {
    try {
      await this.options.shelf.put(unsaved);
      this.writing.delete(keyOf(unsaved));
    } catch {
      this.change({ fleeting: true });
    }
  }

  private async try(unsaved: Unsaved): Promise<"settled" | "later" | "signed out"> {
    try {
      await this.writing.get(keyOf(unsaved));
      const answered = await this.options.send(unsaved.assignment, unsaved.body);
      await this.settle(unsaved, answered);
      return "settled";
    } catch (error) {
      if (!(error instanceof ApiError) || error.mayPass) return "later";
      if (error.status === 401) {
        this.onSignedOut();
        return "signed out";
      }
      this.change({ refused: error.message });
      await this.settle(unsaved, "refused");
      return "settled";
    }
  }

  private async settle(unsaved: Unsaved, outcome: Outcome): Promise<void> {
    // What cannot be dropped now is sent again by a later page, with the same key.
    await this.options.shelf.drop(unsaved).catch(() => undefined);
    this.settled.add(keyOf(unsaved));
    this.writing.delete(keyOf(unsaved));
    const left = this.state.unsaved.filter((other) => keyOf(other) !== keyOf(unsaved));
    this.change({ unsaved: left, waiting: false, fleeting: this.state.fleeting && this.writing.size > 0 });
    this.onSettled(unsaved.assignment, outcome);
  }

  private async rest(milliseconds: number): Promise<void> {
    this.change({ waiting: true });
    const { sleep = sleepFor } = this.options;
    await Promise.race([
      sleep(milliseconds),
      new Promise<void>((resolve) => {
        this.wake = resolve;
      }),
    ]);
    this.wake = null;
  }

  private change(part: Partial<QueueState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

function sleepFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** 128 random bits as hex; `randomUUID` is missing on plain-HTTP addresses of a local network. */
export function randomKey(): string {
  const values = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(values, (value) => value.toString(16).padStart(2, "0")).join("");
}
