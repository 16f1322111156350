import { expect, test } from "vitest";
import type { Swaps } from "./hooks";
import { byLabel, swapNumbers } from "./swapOption";

function donor(clip: string, multimodal: number | null, both: number) {
  return {
    donor: { clip, label: { multimodal } },
    both: { multimodal: both },
    voice: {},
    face: { multimodal: 0 },
  };
}

const SWAPS = {
  words: { clip: "w" },
  own: { multimodal: 0.1 },
  swapped: [donor("p", 0.8, 0.5), donor("n", -1, -0.7), donor("u", null, 0)],
} as unknown as Swaps;

test("donors stand from the most negative to the most positive; those without a label are left out", () => {
  expect(byLabel(SWAPS, "multimodal").map((each) => each.donor.clip)).toEqual(["n", "p"]);
});

test("the numbers keep every donor, and leave blank what the run does not predict", () => {
  expect(swapNumbers(SWAPS, "multimodal").rows[1]).toEqual(["w", "n", -1, 0.1, -0.7, null, 0]);
});
