import { dimensionOf, lineOf } from "./space";

test("a range and a choice are written as text and read back", () => {
  const range = { setting: "learning_rate", kind: "loguniform", low: 0.0001, high: 0.01 } as const;
  const choice = { setting: "batch_size", kind: "choice", choices: [16, 32] } as const;
  expect(lineOf(range).range).toBe("0.0001 – 0.01");
  expect(dimensionOf(lineOf(range))).toEqual(range);
  expect(dimensionOf(lineOf({ ...choice, choices: [16, 32] }))).toEqual(choice);
});

test("a small number and a minus do not part a range", () => {
  const line = { setting: "learning_rate", kind: "loguniform", range: "1e-5 - 1e-3" } as const;
  expect(dimensionOf(line)).toMatchObject({ low: 1e-5, high: 1e-3 });
});

test("what is no range is null", () => {
  const line = { setting: "learning_rate", kind: "uniform" } as const;
  for (const range of ["", "0.1", "a – b", "0.2 – 0.1", "1 – 2 – 3", "true – 1"])
    expect(dimensionOf({ ...line, range })).toBeNull();
  expect(dimensionOf({ setting: "standardize", kind: "choice", range: "true, false" })).toMatchObject({
    choices: [true, false],
  });
});
