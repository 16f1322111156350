import { cellsOf, groupName } from "./errorOptions";

test("a cell of the confusion knows its share of the true class, and an empty class has none", () => {
  expect(
    cellsOf([
      [3, 1],
      [0, 0],
    ]),
  ).toEqual([
    [0, 0, 0.75, 3],
    [1, 0, 0.25, 1],
    [0, 1, 0, 0],
    [1, 1, 0, 0],
  ]);
});

test("a group reads as its name, its one value, or its stretch of values", () => {
  const group = { name: "", low: null, high: null, clips: 1, mae: 0, bias: 0 };
  expect(groupName({ ...group, name: "home" }, 0)).toBe("home");
  expect(groupName({ ...group, low: 2, high: 2 }, 0)).toBe("2");
  expect(groupName({ ...group, low: 1.25, high: 3 }, 1)).toBe("1.3 – 3.0");
});
