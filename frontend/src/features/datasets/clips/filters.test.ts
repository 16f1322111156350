import { cursorOf, isFiltered, queryOf, withFilter } from "./filters";

test("the address becomes the API's query, with truth values as such", () => {
  const address = new URLSearchParams("search=好&supervised=false&has_label=maybe&colour=red");
  expect(queryOf("p", address)).toEqual({ project: "p", search: "好", supervised: false });
});

test("a new filter starts again on the first page and closes the preview", () => {
  const next = withFilter(new URLSearchParams("cursor=abc&clip=1&speaker=李"), "scenario", "访谈");
  expect(next.toString()).toBe(new URLSearchParams({ speaker: "李", scenario: "访谈" }).toString());
});

test("clearing the last filter leaves an unfiltered page", () => {
  expect(isFiltered(withFilter(new URLSearchParams("search=x"), "search", null))).toBe(false);
});

test("the next page's cursor is read from its address", () => {
  expect(cursorOf("http://127.0.0.1:8000/api/clips/?cursor=cD0y&project=p")).toBe("cD0y");
  expect(cursorOf(null)).toBeNull();
});
