import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import type { Run } from "./hooks";
import { RunTable } from "./RunTable";
import "@/shared/words";
import "./words";

const RUN = {
  id: "r1",
  version_number: "1.2.0",
  model: "avmc",
  recipe_name: "released",
  semi: true,
  seed: 7,
  state: "succeeded",
  error: "",
  epochs_done: 9,
  most_epochs: 20,
  created_at: "2026-01-02T03:04:00Z",
  main_task: "multimodal",
  ablation: "none",
  metrics: { test: { multimodal: { acc2: 0.8125, mae: 0.301, corr: null } } },
} as unknown as Run;

function show(run: Partial<Run>, onOrder = (_: string) => {}) {
  render(
    <MantineProvider>
      <MemoryRouter>
        <RunTable
          runs={[{ ...RUN, ...run }]}
          order={{ column: "created", descending: true }}
          onOrder={onOrder}
        />
      </MemoryRouter>
    </MantineProvider>,
  );
  return screen.getAllByRole("row").at(-1) as HTMLElement;
}

test("a run reads as one line, with a dash for a correlation that does not exist", () => {
  const cells = within(show({}))
    .getAllByRole("cell")
    .map((cell) => cell.textContent);
  expect(cells.slice(1, 6)).toEqual(["1.2.0", "AV-MC", "Released · Semi-supervised", "7", "Done"]);
  expect(cells.slice(6)).toEqual(["81.3", "–", "–", "–", "0.301", "–", "–"]);
});

test("a run that goes on shows its epoch as a bar", () => {
  const row = within(show({ state: "running", metrics: null }));
  expect(row.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "45");
  expect(row.getByText("Epoch 9 of 20")).toBeInTheDocument();
});

test("a click on a column's head asks for its order", async () => {
  const asked: string[] = [];
  show({}, (order) => asked.push(order));
  await userEvent.click(screen.getByRole("button", { name: "MAE" }));
  expect(asked).toEqual(["mae"]);
});
