import type { Metrics, Run } from "./hooks";
import { arranged, nextOrder, orderOf } from "./table";

function run(id: string, own: Partial<Run>, acc2?: number): Run {
  const metrics = { acc2 } as Metrics;
  return {
    id,
    version: "v1",
    version_number: "1.0.0",
    model: "avmc",
    recipe_name: "released",
    semi: false,
    seed: 1,
    state: "succeeded",
    created_at: "2026-01-01T00:00:00Z",
    main_task: "multimodal",
    metrics: acc2 === undefined ? null : { test: { multimodal: metrics } },
    ...own,
  } as Run;
}

const ids = (runs: Run[]) => runs.map((one) => one.id).join("");

test("runs without the figure come last, whichever way it is sorted", () => {
  const runs = [run("a", {}), run("b", {}, 0.7), run("c", {}, 0.9)];
  expect(ids(arranged(runs, {}, orderOf("-acc2")))).toBe("cba");
  expect(ids(arranged(runs, {}, orderOf("acc2")))).toBe("bca");
});

test("version 1.10.0 comes after 1.9.0", () => {
  const runs = [run("a", { version_number: "1.10.0" }), run("b", { version_number: "1.9.0" })];
  expect(ids(arranged(runs, {}, orderOf("version")))).toBe("ba");
});

test("every filter must hold", () => {
  const runs = [
    run("a", { recipe_name: "paper" }),
    run("b", {}),
    run("c", { recipe_name: "paper", state: "failed" }),
  ];
  expect(ids(arranged(runs, { recipe: "paper", state: "succeeded" }, orderOf(null)))).toBe("a");
});

test("the first click on a column shows the best first, the second turns it round", () => {
  expect(nextOrder(orderOf(null), "acc2")).toBe("-acc2");
  expect(nextOrder(orderOf("-acc2"), "acc2")).toBe("acc2");
  expect(nextOrder(orderOf(null), "mae")).toBe("mae");
});

test("an address with an unknown column falls back to newest first", () => {
  expect(orderOf("-nonsense")).toEqual({ column: "created", descending: true });
});
