import { safeReturn } from "./SignInPage";

test("after signing in one returns to an address of this site only", () => {
  expect(safeReturn("/work")).toBe("/work");
  for (const wanted of [null, "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"]) {
    expect(safeReturn(wanted)).toBe("/");
  }
});
