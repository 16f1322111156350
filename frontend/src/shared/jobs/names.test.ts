import { jobName } from "./names";

const EXPORT = { kind: "export_version", title: "Export sample 1.0.0 as chsims" };

test("in English a job is called what the server calls it", () => {
  expect(jobName(EXPORT, "en")).toEqual({ name: EXPORT.title, detail: "" });
});

test("in Chinese its kind comes first and the server's sentence is the detail", () => {
  expect(jobName(EXPORT, "zh-CN")).toEqual({ name: "导出数据集版本", detail: EXPORT.title });
});

test("a kind without a Chinese name keeps the server's sentence", () => {
  expect(jobName({ ...EXPORT, kind: "new_kind" }, "zh").name).toBe(EXPORT.title);
});
