/** Unsaved answers in this browser's database, which outlives reloads, crashes and sign-outs; shared by all tabs. */
import { type DBSchema, openDB } from "idb";
import type { Shelf, Unsaved } from "./answers";

interface Kept {
  user: number;
  unsaved: Unsaved;
}

interface Database extends DBSchema {
  unsaved: { key: string; value: Kept; indexes: { user: number } };
}

const database = () =>
  openDB<Database>("cueset", 1, {
    upgrade(fresh) {
      fresh
        .createObjectStore("unsaved", { keyPath: "unsaved.body.idempotency_key" })
        .createIndex("user", "user");
    },
  });

/** The shelf of one person on this device; other tabs hear of every change. */
export function browserShelf(user: number): Shelf {
  const channel = new BroadcastChannel(`cueset-unsaved:${user}`);
  const opened = database();
  return {
    all: async () => {
      const kept = await (await opened).getAllFromIndex("unsaved", "user", user);
      return kept.map(({ unsaved }) => unsaved);
    },
    put: async (unsaved) => {
      // An answer said to be kept must survive a crash of the machine too, not only of the page.
      const writing = (await opened).transaction("unsaved", "readwrite", { durability: "strict" });
      await writing.store.put({ user, unsaved });
      await writing.done;
      channel.postMessage("changed");
    },
    drop: async (unsaved) => {
      await (await opened).delete("unsaved", unsaved.body.idempotency_key);
      channel.postMessage("changed");
    },
    onOtherTab: (listener) => channel.addEventListener("message", listener),
  };
}

/** Runs when no other tab of this person sends; where a browser has no locks, the keys of answers keep sending safe. */
export function aloneAmongTabs(user: number): (work: () => Promise<void>) => Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  return async (work) => {
    if (locks) await locks.request(`cueset-sending:${user}`, work);
    else await work();
  };
}
