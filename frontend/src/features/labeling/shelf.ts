/** Unsaved answers in this browser's storage, one entry each, so that two tabs never overwrite each other. */
import type { Shelf, Unsaved } from "./answers";

/** The shelf of one person on this device. */
export function browserShelf(user: number, storage: Storage = localStorage): Shelf {
  const prefix = `cueset-unsaved:${user}:`;
  const place = (unsaved: Unsaved) => prefix + unsaved.body.idempotency_key;
  return {
    all: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => JSON.parse(storage.getItem(key) as string) as Unsaved),
    put: (unsaved) => storage.setItem(place(unsaved), JSON.stringify(unsaved)),
    drop: (unsaved) => storage.removeItem(place(unsaved)),
  };
}
