/** Filters of the clips page, kept in the address so that a view can be sent. */

export const FILTERS = ["search", "scenario", "speaker", "source", "supervised", "has_label"] as const;
export type FilterName = (typeof FILTERS)[number];

export interface ClipQuery {
  project: string;
  search?: string;
  scenario?: string;
  speaker?: string;
  source?: string;
  supervised?: boolean;
  has_label?: boolean;
  cursor?: string;
}

/** The API's query for what the address says; words that are no filter of ours are left out. */
export function queryOf(project: string, address: URLSearchParams): ClipQuery {
  const text = (name: string) => address.get(name) || undefined;
  const truth = (name: string) => ({ true: true, false: false })[address.get(name) ?? ""];
  return {
    project,
    search: text("search"),
    scenario: text("scenario"),
    speaker: text("speaker"),
    source: text("source"),
    supervised: truth("supervised"),
    has_label: truth("has_label"),
    cursor: text("cursor"),
  };
}

/** The address with one filter set or cleared; paging starts over, an open preview stays closed. */
export function withFilter(
  address: URLSearchParams,
  name: FilterName,
  value: string | null,
): URLSearchParams {
  const next = new URLSearchParams(address);
  if (value) next.set(name, value);
  else next.delete(name);
  next.delete("cursor");
  next.delete("clip");
  return next;
}

export function isFiltered(address: URLSearchParams): boolean {
  return FILTERS.some((name) => address.has(name));
}

/** The `cursor` of the API's address of the next page. */
export function cursorOf(next: string | null | undefined): string | null {
  return next ? new URL(next, "http://localhost").searchParams.get("cursor") : null;
}
