import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type Analysed, type Analysis, analysed, awaited } from "@/api/analyses";
import { Computed } from "./Computed";
import "@/shared/words";

const asked: string[] = [];
/** The server that computes anew; in place before the client takes hold of `fetch`. */
vi.hoisted(() => {
  globalThis.fetch = async (input) => {
    const { method, url } = input as Request;
    asked.push(`${method} ${new URL(url).pathname}`);
    return Response.json(analysisOf({ job: JOB }), { status: 202 });
  };
});

/** A sentence of which nothing but its English is known. */
const said = (english: string) => ({ code: "", facts: {}, english });

const JOB = {
  id: "j1",
  kind: "analyse",
  title: "Quality of “winter”",
  said: {
    title: said("Quality of “winter”"),
    doing: said("Reading the vision stage"),
    error: said(""),
  },
  state: "running",
  done: 3,
  total: 9,
  doing: "Reading the vision stage",
  error: "",
  log_tail: "",
  seconds_left: 4,
  can_cancel: true,
  can_retry: false,
};

function analysisOf(of: object): Analysis {
  return { id: "a1", computed_at: null, newer: null, job: null, ...of } as unknown as Analysis;
}

function show(data: Analysed<string>, refetch = () => {}) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <Computed query={{ data, error: null, refetch }}>{(word) => <p>{word}</p>}</Computed>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

test("an answer of this moment stands alone", () => {
  show({ data: "α = 0.7", analysis: null });
  expect(screen.getByText("α = 0.7")).toBeVisible();
  expect(screen.queryByRole("button")).not.toBeInTheDocument();
});

test("while the first answer is computed, the page tells how far it is and offers to cancel", () => {
  show({ data: null, analysis: analysisOf({ job: JOB }) });
  expect(screen.getByText(/There is a lot to compute/)).toBeVisible();
  expect(screen.getByText(/3 of 9/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Cancel" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Compute anew" })).not.toBeInTheDocument();
});

test("a kept answer tells its age and how many answers came since", () => {
  show({ data: "α = 0.7", analysis: analysisOf({ computed_at: "2026-01-02T03:04:00Z", newer: 1234 }) });
  expect(screen.getByText("α = 0.7")).toBeVisible();
  expect(screen.getByText(/newer answers: 1,234$/)).toBeVisible();
});

test("ten thousand newer answers are not counted further", () => {
  show({ data: "", analysis: analysisOf({ computed_at: "2026-01-02T03:04:00Z", newer: 10_000 }) });
  expect(screen.getByText(/10,000 or more$/)).toBeVisible();
});

test("an answer stands while it is computed anew", () => {
  show({ data: "α = 0.7", analysis: analysisOf({ newer: 5, job: JOB }) });
  expect(screen.getByText("α = 0.7")).toBeVisible();
  expect(screen.getByText(/3 of 9/)).toBeVisible();
  expect(screen.queryByText(/There is a lot/)).not.toBeInTheDocument();
});

test("a job that broke says why, and computing anew begins another", async () => {
  const refetch = vi.fn();
  const error = "The disk is full.";
  const broken = {
    ...JOB,
    state: "failed",
    error,
    said: { ...JOB.said, error: said(error) },
    can_cancel: false,
    can_retry: true,
  };
  show({ data: null, analysis: analysisOf({ job: broken }) }, refetch);
  expect(screen.getByText("The disk is full.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Compute anew" }));
  await vi.waitFor(() => expect(refetch).toHaveBeenCalled());
  expect(asked).toEqual(["POST /api/analyses/a1/refresh/"]);
});

test("what never changes says nothing of its age", () => {
  show({ data: "12 clips", analysis: analysisOf({ computed_at: "2026-01-02T03:04:00Z" }) });
  expect(screen.queryByText(/Computed/)).not.toBeInTheDocument();
});

test("an answer and a job are told apart", async () => {
  const told = async (data: { analysis: Analysis | null } | Analysis) =>
    analysed(Promise.resolve({ data, response: new Response() }));
  const waiting = analysisOf({ job: JOB });
  expect(await told(waiting)).toEqual({ data: null, analysis: waiting });
  expect(await told({ analysis: null })).toEqual({ data: { analysis: null }, analysis: null });
});

test("a file waits for its answer, and for another attempt where the last one broke", async () => {
  const said = [
    analysisOf({ job: { ...JOB, state: "failed" } }),
    analysisOf({ job: JOB }),
    { analysis: null, rows: 12 },
  ];
  const ask = async () => ({
    data: said.shift() as { analysis: null; rows: number },
    response: new Response(),
  });
  asked.length = 0;
  expect(await awaited(ask, 1)).toEqual({ analysis: null, rows: 12 });
  expect(asked).toEqual(["POST /api/analyses/a1/refresh/"]);
});

test("a file whose computing breaks says why", async () => {
  const broken = analysisOf({ job: { ...JOB, state: "failed", error: "The disk is full." } });
  const said = [analysisOf({ job: JOB }), broken];
  const ask = async () => ({ data: said.shift(), response: new Response() });
  await expect(awaited(ask, 1)).rejects.toThrow("The disk is full.");
});
