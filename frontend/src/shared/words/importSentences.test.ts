import { expect, test } from "vitest";
import { reasonOf } from "./importSentences";

const UNKNOWN = {
  line: 3,
  subject: "v$_$1",
  code: "unknown_clip",
  facts: { video: "v", clip: "1" },
  reason: "There is no clip 1 of the video v in the campaign.",
};

test("English pages show the server's own sentence", () => {
  expect(reasonOf(UNKNOWN, "en-GB")).toEqual({ sentence: UNKNOWN.reason });
});

test("Chinese pages say it in Chinese, with the same facts", () => {
  expect(reasonOf(UNKNOWN, "zh-CN")).toEqual({ sentence: "此活动中没有视频 v 的片段 1。" });
});

test("what a program said of a file stays beside the Chinese sentence", () => {
  const damaged = { ...UNKNOWN, code: "damaged_video", facts: {}, reason: "talk.mp4 is damaged: moov atom" };
  expect(reasonOf(damaged, "zh").original).toBe(damaged.reason);
});

test("the sentence on labels follows the scale", () => {
  const off = (scale: number) =>
    reasonOf({ ...UNKNOWN, code: "label_off_grid", facts: { column: "label", found: "0.5", scale } }, "zh")
      .sentence;
  expect(off(1)).toContain("刻度");
  expect(off(3)).toContain("−3 到 3");
});

test("a code without Chinese words keeps the server's sentence", () => {
  expect(reasonOf({ ...UNKNOWN, code: "unheard_of" }, "zh")).toEqual({ sentence: UNKNOWN.reason });
});
