/** What rows of the paper's tables 3 and 4 are called in Chinese; models keep the names that they were published under. */
const CHINESE: Readonly<Record<string, string>> = {
  "Text, unimodal labels": "文本，单模态标签",
  "Text, multimodal labels": "文本，多模态标签",
  "Acoustic, unimodal labels": "音频，单模态标签",
  "Acoustic, multimodal labels": "音频，多模态标签",
  "Acoustic, wav2vec 2.0, unimodal labels": "音频（wav2vec 2.0），单模态标签",
  "Acoustic, wav2vec 2.0, multimodal labels": "音频（wav2vec 2.0），多模态标签",
  "Visual, unimodal labels": "视觉，单模态标签",
  "Visual, multimodal labels": "视觉，多模态标签",
  "w/o Mixup-AV & Unimodal tasks": "去掉音视频 mixup 与单模态任务",
  "w/o Mixup-AV": "去掉音视频 mixup",
  "w/o Mixup-A": "去掉音频 mixup",
  "w/o Mixup-V": "去掉视觉 mixup",
};

export function rowName(published: string, language: string): string {
  return (language.startsWith("zh") && CHINESE[published]) || published;
}
