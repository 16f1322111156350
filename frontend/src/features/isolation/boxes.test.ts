import { expect, test } from "vitest";
import { between, byKey, LEAST, moved, resized } from "./boxes";

const box = { left: 0.2, top: 0.7, right: 0.8, bottom: 0.9 };

test("a box can be dragged from any corner to any other", () => {
  expect(between({ x: 0.8, y: 0.9 }, { x: 0.2, y: 0.7 })).toEqual(box);
});

test("a click makes the least box, within the picture", () => {
  const made = between({ x: 1, y: 1 }, { x: 1, y: 1 });
  expect(made.right).toBe(1);
  expect(made.right - made.left).toBeCloseTo(LEAST);
});

test("a moved box keeps its size and stays within the picture", () => {
  const made = moved(box, 0.9, 0.9);
  expect(made.right).toBe(1);
  expect(made.right - made.left).toBeCloseTo(0.6);
  expect(made.bottom).toBe(1);
});

test("a box cannot be made smaller than can be seen", () => {
  const made = resized(box, -5, -5);
  expect(made.right).toBeCloseTo(box.left + LEAST);
});

test("arrows move, shift resizes, delete removes, other keys mean nothing", () => {
  expect(byKey(box, "ArrowLeft", false)?.left).toBeCloseTo(0.19);
  expect(byKey(box, "ArrowRight", true)?.right).toBeCloseTo(0.81);
  expect(byKey(box, "ArrowRight", true)?.left).toBe(0.2);
  expect(byKey(box, "Delete", false)).toBeNull();
  expect(byKey(box, "a", false)).toBeUndefined();
});
