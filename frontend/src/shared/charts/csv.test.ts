import { csvOf } from "./csv";

test("a row has a field for every column, and what is missing is empty", () => {
  expect(
    csvOf(
      ["epoch", "loss"],
      [
        [1, 0.25],
        [2, null],
      ],
    ),
  ).toBe("epoch,loss\r\n1,0.25\r\n2,\r\n");
});

test("commas, quotes and line breaks stay inside their field", () => {
  expect(csvOf(["transcript"], [['好,"真的"\n吗']])).toBe('transcript\r\n"好,""真的""\n吗"\r\n');
});

test("what a spreadsheet would run as a formula arrives as text, while numbers stay numbers", () => {
  expect(csvOf(["a"], [["=1+1"], ["@SUM(A1)"], [-0.4]])).toBe("a\r\n'=1+1\r\n'@SUM(A1)\r\n-0.4\r\n");
});
