import { expect, test } from "vitest";
import type { RepresentationMap } from "./hooks";
import { mapNumbers, pointsOf } from "./mapOption";

const LABEL = { multimodal: 0.4, text: null, audio: -1, vision: 0 };
const MAP = {
  id: "m",
  perplexity: 30,
  seed: 1111,
  state: "succeeded",
  job: null,
  clips: [
    { clip: "a", split: "train", label: LABEL },
    { clip: "b", split: "test", label: { ...LABEL, audio: 1 } },
  ],
  points: {
    audio: [
      [0.5, -1],
      [-0.5, 1],
    ],
  },
} as RepresentationMap;

test("points stand beside their own clip's label of the chosen modality", () => {
  expect(pointsOf(MAP, "audio", "audio").map(({ clip, x, label }) => [clip, x, label])).toEqual([
    ["a", 0.5, -1],
    ["b", -0.5, 1],
  ]);
  expect(pointsOf(MAP, "audio", "text")[0]?.label).toBeNull();
});

test("a modality that the model does not represent has no points", () => {
  expect(pointsOf(MAP, "vision", "multimodal")).toEqual([]);
});

test("the numbers to take away are the points as drawn", () => {
  expect(mapNumbers(pointsOf(MAP, "audio", "multimodal")).rows[1]).toEqual(["b", "test", -0.5, 1, 0.4]);
});
