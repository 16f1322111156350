/** How the record of a project is told: what happened several times in a row once, and things by their names. */
import type { Schemas } from "@/api/client";

type Happening = Schemas["Event"];

export interface Told {
  /** The latest of them. */
  event: Happening;
  times: number;
}

export function together(events: readonly Happening[]): Told[] {
  const told: Told[] = [];
  for (const event of events) {
    const last = told.at(-1);
    if (last && isSame(last.event, event)) last.times += 1;
    else told.push({ event, times: 1 });
  }
  return told;
}

const isSame = (one: Happening, other: Happening) =>
  one.verb === other.verb && one.subject === other.subject && one.actor === other.actor;

const DECISION = "decision in campaign ";
const CAMPAIGN = "campaign ";

/** What was done to what; labels name where they come from as the server writes it (annotator/selectors/progress.py). */
export function named({ verb, subject }: Happening): { verb: string; subject: string } {
  if (verb !== "record_labels" && verb !== "drop_labels") return { verb, subject };
  if (subject.startsWith(DECISION)) return { verb: "decided label", subject: subject.slice(DECISION.length) };
  return { verb, subject: subject.startsWith(CAMPAIGN) ? subject.slice(CAMPAIGN.length) : subject };
}

const PAGES: Readonly<Record<string, string>> = {
  "launched run": "runs",
  downloaded_run: "runs",
  "launched sweep": "sweeps",
  "extended sweep": "sweeps",
};

/** The page, within the project, of a thing that the record knows by its id alone. */
export function pageOf({ verb, subject }: Happening): string | undefined {
  const page = PAGES[verb];
  return page && `${page}/${subject}`;
}
