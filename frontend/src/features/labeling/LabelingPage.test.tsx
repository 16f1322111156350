import "fake-indexeddb/auto";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { SESSION } from "@/api/session";
import "@/shared/words";
import LabelingPage from "./LabelingPage";

/** The server, answering by method and path; put in place before the client takes hold of `fetch`. */
const network = vi.hoisted(() => {
  const network = {
    answers: {} as Record<string, unknown>,
    refusals: {} as Record<string, string>,
    asked: [] as string[],
  };
  globalThis.fetch = async (input) => {
    const { method, url } = input as Request;
    const line = `${method} ${new URL(url).pathname}`;
    network.asked.push(line);
    const code = network.refusals[line];
    if (code) return Response.json({ error: { code, message: code, details: {} } }, { status: 409 });
    return Response.json(network.answers[line] ?? {}, { status: line in network.answers ? 200 : 404 });
  };
  return network;
});

const SIGNED_IN = { user: { id: 1, username: "a1", is_superuser: false }, roles: [] };
const STAGE = { campaign: "c", modality: "audio", state: "open", done: 1, total: 6, batch: 1, batches: 1 };

function openStage() {
  const router = createMemoryRouter([{ path: "/work/:campaign/:modality", Component: LabelingPage }], {
    initialEntries: ["/work/c/audio"],
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(SESSION, SIGNED_IN);
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

test("the last answer can be taken back by its key while the next clip is still being prepared", async () => {
  network.answers = {
    "GET /api/my-work/": [],
    "GET /api/my-work/c/audio/check/": { needed: [], checked_at: null },
    "GET /api/my-work/c/audio/": { ...STAGE, queue: [], preparing: 5, withheld: 0, can_undo: true },
    "POST /api/my-work/c/audio/undo/": { assignment: "a", position: 1, score: 2 },
  };
  openStage();
  await screen.findByText(/still being prepared/);
  await userEvent.keyboard("u");
  await waitFor(() => expect(network.asked).toContain("POST /api/my-work/c/audio/undo/"));
  expect(await screen.findByText(/You gave \+2 before/)).toBeVisible();
});

test("a stage that was never checked shows its check, and its clips once that is behind one", async () => {
  const check = "/api/my-work/c/audio/check/";
  network.answers = {
    "GET /api/my-work/": [],
    [`GET ${check}`]: { needed: ["sound"], checked_at: null },
    [`POST ${check}`]: { needed: [], checked_at: "2026-01-01T00:00:00Z" },
    "GET /api/my-work/c/audio/": { ...STAGE, queue: [], preparing: 5, withheld: 0, can_undo: false },
  };
  network.refusals = { "GET /api/my-work/c/audio/": "check_needed" };
  openStage();
  expect(await screen.findByText("Is the sound right?")).toBeVisible();
  network.refusals = {};
  await userEvent.click(screen.getByText("I cannot do this check"));
  await userEvent.click(screen.getByText("Go on without"));
  expect(await screen.findByText(/still being prepared/)).toBeVisible();
  expect(network.asked).toContain(`POST ${check}`);
});
