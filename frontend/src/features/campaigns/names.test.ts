import { namesIn } from "./names";

test("names may stand in lines or between commas, Chinese ones too, and count once", () => {
  expect(namesIn("a1\na2, a3，a4、a1\n\n")).toEqual(["a1", "a2", "a3", "a4"]);
});

test("an empty field names nobody", () => {
  expect(namesIn(" \n")).toEqual([]);
});
