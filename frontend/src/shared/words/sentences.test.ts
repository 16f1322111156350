import { saidIn } from "./sentences";

const FOUND = {
  code: "figure_too_high",
  english: "ESTOI is 0.40, above the campaign's 0.25.",
  facts: { figure: "estoi", value: 0.4, limit: 0.25 },
};

test("English pages show the server's own sentence", () => {
  expect(saidIn("en", FOUND)).toEqual({ sentence: FOUND.english });
});

test("Chinese pages say it in Chinese, with its facts and their names", () => {
  expect(saidIn("zh", FOUND)).toEqual({
    sentence: "可懂度（ESTOI）为 0.4，高于本活动的上限 0.25。",
  });
});

test("a sentence from before there were codes stays as it was kept", () => {
  const old = { code: "", english: "ESTOI is 0.40.", facts: {} };
  expect(saidIn("zh", old)).toEqual({ original: old.english });
});

test("an error that was kept is said as errors are", () => {
  const broken = { code: "media_error", english: "a.mp4 has no sound.", facts: {} };
  expect(saidIn("zh", broken)).toEqual({ sentence: "无法处理此媒体文件。", original: broken.english });
});
