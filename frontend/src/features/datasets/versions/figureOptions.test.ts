import type { Ink } from "@/shared/charts/theme";
import { amountOf, discrepancyOption, durationOption, GRID, gridOption } from "./figureOptions";

const ink = { accent: "#111111", quiet: "#222222" } as Ink;

test("the grid runs from -1 to 1 in steps of a fifth", () => {
  expect(GRID).toEqual([-1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test("time is told in minutes", () => {
  const part = { clips: 3, milliseconds: 90_000, words: 12 };
  expect([amountOf(part, "clips"), amountOf(part, "minutes"), amountOf(part, "words")]).toEqual([3, 1.5, 12]);
});

test("a pair of modalities is drawn on both sides of the diagonal, and not where no clip has both labels", () => {
  const pairs = [
    { modalities: ["text", "audio"], clips: 2, mean: 0.4 },
    { modalities: ["text", "vision"], clips: 0, mean: null },
  ];
  const { series } = discrepancyOption(pairs, (name) => name, ink);
  const data = (series as { data: { value: number[] }[] }[])[0]?.data.map((cell) => cell.value);
  expect(data).toEqual([
    [0, 1, 0.4],
    [1, 0, 0.4],
  ]);
});

test("the last bar of lengths is open, and every bar of labels has its colour", () => {
  const words = { supervised: "s", unsupervised: "u", nameless: "", seconds: "" };
  const { xAxis } = durationOption({ supervised: [1, 2, 3], unsupervised: [0, 0, 0] }, words, ink);
  expect((xAxis as { data: string[] }).data).toEqual(["0", "1", "2+"]);
  const { series } = gridOption(new Array(11).fill(1), 1, ink);
  const colours = (series as { data: { itemStyle: { color: string } }[] }[])[0]?.data.map(
    (bar) => bar.itemStyle.color,
  );
  expect(new Set(colours).size).toBe(11);
});
