/** Sentences that the server keeps as code and facts, in Chinese; English pages show the server's own. */
import { sentencesOf } from "./errorSentences";
import zh from "./zh";

/** Facts stand in braces, by the names that the server gives them. */
const CHINESE: Readonly<Record<string, string>> = {
  add_annotators: "把 {people} 加入 {campaign}",
  aggregate: "汇总 {campaign} 的评分",
  agreement_in: "计算{modality}阶段的一致性",
  campaign_figures: "“{campaign}”的统计图表",
  campaign_quality: "“{campaign}”的标注质量",
  bert_lacks_files: "文件夹 {folder}（CUESET_BERT_MODEL）缺少 {files}。",
  bert_not_here:
    "BERT 模型 {model} 既不是此处的文件夹，也尚未下载：请把 CUESET_BERT_MODEL 设为存有模型的文件夹，或本机可访问的模型库中的模型名。",
  captions_left: "文件字节中含有隐藏字幕的标记（GA94）。",
  change_repeats: "更改 {campaign} 的重复片段",
  chapters_left: "文件含有 {count} 个章节。",
  check_scores: "检查 {file} 能否导入 {campaign}",
  clip_silent: "片段无声，制作的文件也无声。",
  comparing_clips: "逐个比较片段",
  comparing_labels: "比较预测与标签",
  comparing_rules: "与论文的规则比较",
  comparing_scores: "比较评分",
  comparing_transcripts: "比较文本",
  comparing_videos: "比较视频",
  contested_clips: "“{campaign}”的争议片段（按{order}）",
  copying_videos: "复制视频",
  counting: "计数并计算一致性",
  cut_sample: "剪切示例片段",
  describing: "计算描述统计",
  drawing_anew: "对测试片段重新抽样",
  drawing_figures: "绘制图表",
  experiment_intervals: "{experiment} 的置信区间",
  export_version: "将 {project} {number} 导出为 {format}",
  extract_features: "提取 {project} {number} 的 {extractors} 特征",
  extracting: "从 {clip} 提取 {extractor} 特征",
  figure_too_high: "{figure}为 {value}，高于本活动的上限 {limit}。",
  figure_too_low: "{figure}为 {value}，低于本活动的下限 {limit}。",
  import: "导入 {name}",
  import_scores: "把 {file} 的评分导入 {campaign}",
  job_broke: "程序出错：{error}: {words}",
  judging_annotators: "标注员、重复片段与金标准片段",
  labels_by: "按{rule}计算标签",
  labels_of: "计算{modality}标签",
  length_changed: "文件有 {found} 个采样，应为 {wanted} 个。",
  looking_at: "查看 {clip}",
  looking_through: "通读表格",
  looking_into: "检查 {video}",
  make_campaign: "创建标注活动 {campaign}",
  make_renditions: "为 {project} 制作隔离文件",
  making_clip: "制作 {video} 的片段 {clip}",
  making_rendition: "{clip} 的{modality}文件",
  map_representations: "把表征映射到平面",
  mapping: "用 t-SNE 映射{modality}",
  no_features: "所等待的特征未能制成。",
  no_voice: "没有找到浊音帧，因此未加音调。",
  not_in_file: "导入的文件中没有它的特征。",
  padding_features: "补齐特征",
  part_not_done: "这一部分未完成（{state}）。",
  peaks_too_high: "受峰值限制，响度为 {allowed} LUFS，而不是 {wanted} LUFS。",
  preview: "预览发布 {project} 将被固定的内容",
  publish: "发布 {project}",
  reading_clips: "读取片段与评分",
  reading_labels: "读取标签",
  reading_manifest: "读取清单",
  reading_scores: "读取评分",
  reading_stage: "读取{modality}阶段",
  reading_version: "读取 {number}",
  renditions_of: "{clip} 的隔离文件",
  rows_read: "已读 {count} 行",
  rules_compared: "“{campaign}”的规则比较",
  run_errors: "运行 {run} 的误差（{modality}，{split}）",
  run_semi: "{model}（{recipe}，半监督），种子 {seed}",
  run_supervised: "{model}（{recipe}），种子 {seed}",
  runs_compared: "比较运行 {first} 与 {second}（{modality}）",
  search_leaks: "在 {project} {number} 中查找跨划分的重复片段",
  searching_copies: "查找跨划分的近似副本",
  speech_too_short: "语音太少，无法测量可懂度，因此取最低音量。",
  splitting: "划分数据集",
  stage_of: "{annotator} 的{modality}阶段",
  stream_missing: "{modality}文件缺少{kind}流。",
  stream_too_many: "{modality}文件含有不该有的流：{stream}。",
  swapping: "随机交换预测",
  sweep: "在 {project} {number} 上搜索 {model}（{recipe}）的超参数",
  tag_left: "{owner} 带有标签 {tag}。",
  taking_in: "{annotator}，共 {count} 位标注员",
  text_on_face: "文字压在脸上，该处未遮盖：请查看此片段。",
  text_readable: "画面中仍能读出其他文字：{text}。",
  tone_level: "音调高出噪声 {decibels} dB。",
  train: "在 {project} {number} 上训练 {model}（{recipe}）",
  train_on_publish: "用 {project} {number} 训练",
  training: "第 {epoch} 轮，第 {batch} / {batches} 批，损失 {loss}",
  transcript_left: "文件字节中含有文本的词句。",
  transcript_readable: "画面中仍能读出文本的词句：{text}。",
  try_trial: "{name} 的一次试验",
  version_difference: "从 {before} 到 {after} 的变化",
  version_figures: "{version} 的统计图表",
  videos: "{count} 个视频",
  worker_silent: "工作进程 {worker} 失去响应。",
  writing_clips: "写入片段",
  writing_features: "写入{modality}特征",
  writing_labels: "写入标签",
  writing_version: "写入版本",
};

/** What facts that are words are called. */
const FACTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  figure: {
    estoi: "可懂度（ESTOI）",
    denoised_estoi: "降噪后的 ESTOI",
    f0_outliers: "F0 不符的帧所占比例",
    f0_correlation: "F0 相关",
    raw_f0_correlation: "F0 相关（含偏离帧）",
    voiced_found: "找到的浊音帧所占比例",
    envelope_correlation: "强度包络相关",
    peak_f1: "音节峰的 F1",
    loudness_correlation: "响度相关",
  },
  kind: { audio: "声音", video: "画面" },
  modality: zh.modality,
  model: { ...zh.modality, avmc: "AV-MC" },
  recipe: { released: "公开代码", paper: "论文" },
  order: { spread: "分歧", conflict: "模态冲突" },
  rule: zh.rule,
  split: zh.split,
  state: zh.job,
};

export interface Kept {
  /** Empty where it was kept before there were codes. */
  code: string;
  english: string;
  facts: Readonly<Record<string, unknown>>;
}

/** A kept sentence in the page's language, and the server's English where that tells more or is all there is. */
export function saidIn(language: string, kept: Kept): { sentence?: string; original?: string } {
  if (!language.startsWith("zh")) return { sentence: kept.english };
  const words = CHINESE[kept.code];
  if (words) return { sentence: filled(words, kept.facts) };
  const error = sentencesOf({ code: kept.code, message: kept.english }, "zh");
  return error.sentence === kept.english ? { original: kept.english } : error;
}

function filled(words: string, facts: Kept["facts"]): string {
  return words.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = String(facts[name] ?? "–");
    return FACTS[name]?.[fact] ?? fact;
  });
}
