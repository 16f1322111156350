/** The person's queue of answers: one for the whole app, so that leaving the page does not stop its sending. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { SESSION } from "@/api/session";
import { AnswerQueue } from "./answers";
import { sendAnswer } from "./hooks";
import { aloneAmongTabs, browserShelf } from "./shelf";

const queues = new Map<number, AnswerQueue>();

function queueOf(user: number): AnswerQueue {
  let queue = queues.get(user);
  if (!queue) {
    queue = new AnswerQueue({ send: sendAnswer, shelf: browserShelf(user), alone: aloneAmongTabs(user) });
    queues.set(user, queue);
  }
  return queue;
}

/** The queue and its state; what an earlier page left unsaved is sent as soon as this is used. */
export function useAnswers(user: number) {
  const queries = useQueryClient();
  const queue = queueOf(user);
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot);
  useEffect(() => {
    queue.onSignedOut = () => queries.setQueryData(SESSION, { user: null, roles: [] });
    const hurry = () => queue.hurry();
    hurry();
    window.addEventListener("online", hurry);
    return () => window.removeEventListener("online", hurry);
  }, [queue, queries]);
  return { queue, state };
}

/** Asks before the tab closes while something is not saved. */
export function useWarnBeforeLeaving(unsaved: number): void {
  useEffect(() => {
    if (unsaved === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
