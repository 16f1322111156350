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
  all: () => Unsaved[];
  put: (unsaved: Unsaved) => void;
  drop: (unsaved: Unsaved) => void;
}

export interface QueueState {
  unsaved: readonly Unsaved[];
  /** True while the server cannot be reached and the next try waits. */
  waiting: boolean;
  /** The server's sentence about an answer that it did not accept. */
  refused: string | null;
}

interface Options {
  send: (assignment: string, body: Answer) => Promise<Answered>;
  shelf: Shelf;
  sleep?: (milliseconds: number) => Promise<void>;
  newKey?: () => string;
  now?: () => number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;

export class AnswerQueue {
  private state: QueueState;
  private sending = false;
  private wake: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();
  /** Told of every acknowledged answer, and of every refused one (without an acknowledgement). */
  onSettled: (assignment: string, answered: Answered | null) => void = () => {};
  onSignedOut: () => void = () => {};

  constructor(private readonly options: Options) {
    const unsaved = options.shelf.all().sort((one, other) => one.at - other.at);
    this.state = { unsaved, waiting: false, refused: null };
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
    this.options.shelf.put(unsaved);
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

  /** Send what waits, oldest first, until nothing is left or the person is signed out. */
  async deliver(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let pause = FIRST_PAUSE;
    for (let first = this.state.unsaved[0]; first; first = this.state.unsaved[0]) {
      const outcome = await this.try(first);
      if (outcome === "signed out") break;
      if (outcome === "settled") {
        pause = FIRST_PAUSE;
        continue;
      }
      await this.rest(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    this.sending = false;
  }

  private async try(unsaved: Unsaved): Promise<"settled" | "later" | "signed out"> {
    try {
      const answered = await this.options.send(unsaved.assignment, unsaved.body);
      this.settle(unsaved, answered);
      return "settled";
    } catch (error) {
      if (!(error instanceof ApiError) || error.mayPass) return "later";
      if (error.status === 401) {
        this.onSignedOut();
        return "signed out";
      }
      this.change({ refused: error.message });
      this.settle(unsaved, null);
      return "settled";
    }
  }

  private settle(unsaved: Unsaved, answered: Answered | null): void {
    this.options.shelf.drop(unsaved);
    this.change({ unsaved: this.state.unsaved.filter((other) => other !== unsaved), waiting: false });
    this.onSettled(unsaved.assignment, answered);
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
