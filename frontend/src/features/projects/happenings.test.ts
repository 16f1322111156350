import type { Schemas } from "@/api/client";
import { named, pageOf, together } from "./happenings";

const event = (id: number, verb: string, subject: string, actor: string | null = null): Schemas["Event"] => ({
  id,
  verb,
  subject,
  actor,
  at: "2026-01-01T00:00:00Z",
});

test("what one person did to one thing several times in a row is told once", () => {
  const events = [
    event(4, "set reference", "sample"),
    event(3, "set reference", "sample"),
    event(2, "set reference", "sample", "ann"),
    event(1, "let in", "sample", "ann"),
  ];
  expect(together(events).map(({ event: { id }, times }) => [id, times])).toEqual([
    [4, 2],
    [2, 1],
    [1, 1],
  ]);
});

test("labels name the campaign that they come from, and decisions are told as such", () => {
  expect(named(event(1, "record_labels", "campaign sample"))).toEqual({
    verb: "record_labels",
    subject: "sample",
  });
  expect(named(event(1, "record_labels", "decision in campaign sample"))).toEqual({
    verb: "decided label",
    subject: "sample",
  });
  expect(named(event(1, "record_labels", "import"))).toEqual({ verb: "record_labels", subject: "import" });
});

test("runs and sweeps are found on their pages", () => {
  expect(pageOf(event(1, "launched run", "8abda512"))).toBe("runs/8abda512");
  expect(pageOf(event(1, "made project", "sample"))).toBeUndefined();
});
