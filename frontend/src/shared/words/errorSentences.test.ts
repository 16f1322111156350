import { expect, test } from "vitest";
import { sentencesOf } from "./errorSentences";

const LOCKED = { code: "stage_locked", message: "The audio stage opens when the stage before it is done." };
const BAD = { code: "bad_table", message: "Row 7 has no score." };

test("English pages show the server's own sentence", () => {
  expect(sentencesOf(LOCKED, "en")).toEqual({ sentence: LOCKED.message });
});

test("Chinese pages say it in Chinese, and keep the server's sentence where it tells more", () => {
  expect(sentencesOf(LOCKED, "zh").original).toBeUndefined();
  expect(sentencesOf(LOCKED, "zh").sentence).toMatch(/阶段/);
  expect(sentencesOf(BAD, "zh").original).toBe(BAD.message);
});

test("a code without Chinese words keeps the server's sentence", () => {
  expect(sentencesOf({ code: "unheard_of", message: "Something." }, "zh")).toEqual({
    sentence: "Something.",
  });
});
