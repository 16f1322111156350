/** Sentences that the server keeps as code and facts, in Chinese; English pages show the server's own. */
import { sentencesOf } from "./errorSentences";
import zh from "./zh";

/** Facts stand in braces, by the names that the server gives them. */
const CHINESE: Readonly<Record<string, string>> = {
  captions_left: "文件字节中含有隐藏字幕的标记（GA94）。",
  chapters_left: "文件含有 {count} 个章节。",
  clip_silent: "片段无声，制作的文件也无声。",
  figure_too_high: "{figure}为 {value}，高于本活动的上限 {limit}。",
  figure_too_low: "{figure}为 {value}，低于本活动的下限 {limit}。",
  length_changed: "文件有 {found} 个采样，应为 {wanted} 个。",
  no_voice: "没有找到浊音帧，因此未加音调。",
  part_not_done: "这一部分未完成（{state}）。",
  peaks_too_high: "受峰值限制，响度为 {allowed} LUFS，而不是 {wanted} LUFS。",
  speech_too_short: "语音太少，无法测量可懂度，因此取最低音量。",
  stream_missing: "{modality}文件缺少{kind}流。",
  stream_too_many: "{modality}文件含有不该有的流：{stream}。",
  tag_left: "{owner} 带有标签 {tag}。",
  text_on_face: "文字压在脸上，该处未遮盖：请查看此片段。",
  text_readable: "画面中仍能读出其他文字：{text}。",
  tone_level: "音调高出噪声 {decibels} dB。",
  transcript_left: "文件字节中含有文本的词句。",
  transcript_readable: "画面中仍能读出文本的词句：{text}。",
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
