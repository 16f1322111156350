import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { SESSION, type Session } from "@/api/session";
import "@/shared/words";
import SignInPage, { safeReturn } from "./SignInPage";

/** A server that answers who is signed in only when the test lets it; in place before the client takes hold of `fetch`. */
const network = vi.hoisted(() => {
  const network = { nobody: () => {} };
  globalThis.fetch = (input) =>
    (input as Request).method === "POST"
      ? Promise.resolve(Response.json({ user: { id: 1, username: "li", is_superuser: false }, roles: [] }))
      : new Promise((resolve) => {
          network.nobody = () => resolve(Response.json({ user: null, roles: [] }));
        });
  return network;
});

test("after signing in one returns to an address of this site only", () => {
  expect(safeReturn("/work")).toBe("/work");
  for (const wanted of [null, "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"]) {
    expect(safeReturn(wanted)).toBe("/");
  }
});

test("one stays signed in when the question of the page's start is answered late", async () => {
  const queries = new QueryClient();
  const router = createMemoryRouter(
    [
      { path: "/sign-in", Component: SignInPage },
      { path: "/", element: "inside" },
    ],
    { initialEntries: ["/sign-in"] },
  );
  render(
    <QueryClientProvider client={queries}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  await userEvent.type(screen.getByLabelText(/^User name/), "li");
  await userEvent.type(screen.getByLabelText(/^Password/), "long enough");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByText("inside");
  await act(async () => network.nobody());
  expect(queries.getQueryData<Session>(SESSION)?.user?.username).toBe("li");
});
