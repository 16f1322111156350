/** What a job is called; in Chinese, one from before titles had codes by its kind, with the server's English as detail. */
import { type Kept, saidIn } from "@/shared/words/sentences";

const CHINESE_KINDS: Record<string, string> = {
  aggregate: "汇总标签",
  add_annotators: "加入标注员",
  analyse: "计算分析结果",
  change_repeats: "更改重复片段",
  import_annotations: "导入评分",
  import_clips: "导入片段",
  import_chsims: "导入 CH-SIMS",
  import_features: "导入特征文件",
  make_campaign: "创建标注活动",
  make_renditions: "制作隔离文件",
  export_version: "导出数据集版本",
  extract_features: "提取特征",
  map_representations: "映射表征",
  preview_version: "预览将被固定的内容",
  publish_version: "发布数据集版本",
  search_leaks: "查找跨划分的近似副本",
  sweep: "超参数搜索",
  train: "训练",
  train_on_publish: "发布后自动训练",
  try_trial: "搜索中的一次试验",
};

export interface JobName {
  name: string;
  /** What the name leaves out, in English; empty when it says everything. */
  detail: string;
}

interface Titled {
  kind: string;
  title: string;
  said: { title: Kept };
}

export function jobName({ kind, title, said }: Titled, language: string): JobName {
  const { sentence } = saidIn(language, said.title);
  if (sentence !== undefined) return { name: sentence, detail: "" };
  const called = CHINESE_KINDS[kind];
  return called ? { name: called, detail: title } : { name: title, detail: "" };
}
