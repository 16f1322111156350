import { jobName } from "./names";

const english = "Export sample 1.0.0 as chsims";
const EXPORT = {
  kind: "export_version",
  title: english,
  said: {
    title: {
      code: "export_version",
      english,
      facts: { project: "sample", number: "1.0.0", format: "chsims" },
    },
  },
};
const OLD = { ...EXPORT, said: { title: { code: "", english, facts: {} } } };

test("in English a job is called what the server calls it", () => {
  expect(jobName(EXPORT, "en")).toEqual({ name: english, detail: "" });
});

test("in Chinese its title is said with its facts", () => {
  expect(jobName(EXPORT, "zh-CN")).toEqual({ name: "将 sample 1.0.0 导出为 chsims", detail: "" });
});

test("one from before titles had codes is called by its kind, and the server's sentence is the detail", () => {
  expect(jobName(OLD, "zh-CN")).toEqual({ name: "导出数据集版本", detail: english });
});

test("a kind without a Chinese name keeps the server's sentence", () => {
  expect(jobName({ ...OLD, kind: "new_kind" }, "zh").name).toBe(english);
});
