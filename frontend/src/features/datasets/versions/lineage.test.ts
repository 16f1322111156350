import { edgesOf, type Lineage, pathBetween, type Relative, type Relatives } from "./lineage";

const relative = (id: string, on: string[] = []): Relative =>
  ({
    id,
    name: id,
    said: null,
    at: null,
    by: null,
    state: "",
    clips: null,
    modality: null,
    on,
    downloads: [],
  }) as Relative;
const some = (...shown: Relative[]): Relatives => ({ total: shown.length, shown });
const lineage = (own: Partial<Lineage>): Lineage =>
  ({
    imports: some(),
    sources: some(relative("s")),
    campaigns: some(),
    parents: some(),
    children: some(),
    exports: some(),
    feature_sets: some(),
    runs: some(),
    ...own,
  }) as Lineage;

test("without a campaign the sources lead to the version themselves", () => {
  expect(edgesOf(lineage({}))).toEqual([["sources", "version"]]);
});

test("a campaign stands between sources and version", () => {
  expect(edgesOf(lineage({ campaigns: some(relative("c")) }))).toEqual([
    ["sources", "c"],
    ["c", "version"],
  ]);
});

test("a run hangs on the feature sets that it read, as far as they are drawn", () => {
  const edges = edgesOf(
    lineage({ feature_sets: some(relative("text")), runs: some(relative("run", ["text", "elsewhere"])) }),
  );
  expect(edges).toContainEqual(["text", "run"]);
  expect(edges.flat()).not.toContain("elsewhere");
});

test("a line goes from side to side, and straight down within a column", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  expect(pathBetween(box, { left: 30, right: 40, top: 20, bottom: 30 })).toBe("M10 5C20 5 20 25 30 25");
  expect(pathBetween(box, { ...box, top: 20, bottom: 30 })).toBe("M5 10V20");
});
