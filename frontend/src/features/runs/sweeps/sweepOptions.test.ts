import type { SweepDetail, Trial } from "./hooks";
import { parallelOption, rankedOf, shortly, trialNumbers } from "./sweepOptions";

const trial = (number: number, value: number | null) =>
  ({
    number,
    value,
    state: value === null ? "pruned" : "succeeded",
    parameters: { batch_size: 16 },
  }) as unknown as Trial;

const sweep = (objective: string) =>
  ({
    objective,
    space: [{ setting: "batch_size", kind: "choice", choices: [16, 32] }],
    trials: [trial(0, 0.4), trial(1, null), trial(2, 0.2), trial(3, 0.3)],
  }) as unknown as SweepDetail;

test("the best trial is drawn last, and what was pruned is not drawn", () => {
  expect(rankedOf(sweep("mae")).map(({ number }) => number)).toEqual([0, 3, 2]);
  expect(rankedOf(sweep("corr")).map(({ number }) => number)).toEqual([2, 3, 0]);
});

test("every trial is among the numbers to take away", () => {
  const { header, rows } = trialNumbers(sweep("mae"));
  expect(header).toEqual(["trial", "state", "batch_size", "mae"]);
  expect(rows[1]).toEqual([2, "pruned", "16", null]);
});

test("values are short", () => {
  expect(shortly(0.00123456)).toBe("0.00123");
  expect(shortly(64)).toBe("64");
  expect(shortly(true)).toBe("true");
});

test("a choice goes by words on its axis, so that 16 is not taken for its seventeenth value", () => {
  const ink = { text: "", quiet: "", line: "", paper: "", accent: "" } as Parameters<
    typeof parallelOption
  >[2];
  const option = parallelOption(sweep("mae"), "MAE", ink);
  expect(option.parallelAxis).toMatchObject([{ type: "category", data: ["16", "32"] }, { inverse: true }]);
  expect(option.series).toMatchObject({
    data: [
      ["16", 0.4],
      ["16", 0.3],
      ["16", 0.2],
    ],
  });
});
