/** What a job is called: the server's English sentence, or in Chinese its kind with that sentence as detail. */

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
  /** What the name leaves out; empty when it says everything. */
  detail: string;
}

export function jobName(job: { kind: string; title: string }, language: string): JobName {
  const kind = language.startsWith("zh") ? CHINESE_KINDS[job.kind] : undefined;
  return kind ? { name: kind, detail: job.title } : { name: job.title, detail: "" };
}
