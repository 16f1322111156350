/** Boxes on a picture, as shares of its width and height: drawn, moved and resized without leaving it. */
import type { Box } from "./hooks";

export const LEAST = 0.02;
export const STEP = 0.01;

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The box between two corners, whichever way they were dragged; at least as large as can be seen. */
export function between(from: { x: number; y: number }, to: { x: number; y: number }): Box {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const corner = { left: within(left, 0, 1 - LEAST), top: within(top, 0, 1 - LEAST) };
  return {
    ...corner,
    right: within(right, corner.left + LEAST, 1),
    bottom: within(bottom, corner.top + LEAST, 1),
  };
}

/** The box moved as a whole, stopped by the picture's edges. */
export function moved(box: Box, dx: number, dy: number): Box {
  const [x, y] = [within(dx, -box.left, 1 - box.right), within(dy, -box.top, 1 - box.bottom)];
  return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

/** The box with its lower right corner moved. */
export function resized(box: Box, dx: number, dy: number): Box {
  return {
    ...box,
    right: within(box.right + dx, box.left + LEAST, 1),
    bottom: within(box.bottom + dy, box.top + LEAST, 1),
  };
}

/** What a key does to a box: another box, null when it is deleted, undefined when the key means nothing. */
export function byKey(box: Box, key: string, shift: boolean): Box | null | undefined {
  if (key === "Delete" || key === "Backspace") return null;
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  if (!arrow) return undefined;
  const [dx = 0, dy = 0] = arrow.map((way) => way * STEP);
  return shift ? resized(box, dx, dy) : moved(box, dx, dy);
}
