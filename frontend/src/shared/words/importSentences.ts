/** Why a row was left out of an import, in Chinese, by the server's code and facts; in English its own sentence says it. */

export interface RejectedRow {
  line: number;
  subject: string;
  code: string;
  facts: Readonly<Record<string, string | number>>;
  reason: string;
}

type Facts = RejectedRow["facts"];

const CHINESE: Readonly<Record<string, (facts: Facts) => string>> = {
  annotator_excluded: (f) => `“${f.annotator}”已被排除出此活动；如要计入其评分，请先恢复。`,
  annotator_joining: (f) => `“${f.annotator}”正在加入此活动，请稍后再导入这些行。`,
  bad_id: (f) =>
    `${f.column}“${f.found}”不能作为编号：不能为空或超过 200 字节，不能以点开头，不能含有 / \\ 或 $_$；特征文件中应为 video_id$_$clip_id。`,
  bad_label: (f) => `${f.column} 的“${f.found}”不是数字。`,
  bad_modality: (f) => `“${f.found}”不是模态；应为 text、audio、vision 或 multimodal。`,
  bad_score: (f) => `“${f.found}”不是评分；评分是 −3 到 3 的整数。`,
  bad_split: (f) => `mode 的“${f.found}”不是 train、valid 或 test。`,
  bad_supervised: (f) => `supervised 的“${f.found}”不是 1、0、true、false、yes 或 no。`,
  bad_text: (f) => `${f.column} 含有控制字符，或在只能有一行的地方换行。`,
  bad_time: (f) =>
    `${f.column} 的“${f.found}”不是时间：请写秒数（12.5）或 h:mm:ss.mmm（0:00:12.500），分和秒不超过 59。`,
  beyond_end: (f) => `结束时间（${f.end} 秒）超出视频的结尾（${f.video_end} 秒）。`,
  damaged_video: () => "视频已损坏，无法读取。",
  doubled_row: (f) => `第 ${f.earlier} 行已有同一标注员对同一片段、同一模态的评分。`,
  duplicate_id: (f) => `片段 ${f.found} 已经存在，或在文件中出现两次；请另取编号。`,
  empty_transcript: (f) => `${f.column} 一列为空。`,
  end_before_start: (f) => `结束时间（${f.end}）不在开始时间（${f.start}）之后。`,
  file_changed: (f) => `${f.found} 在导入过程中被改动或移走。`,
  label_off_grid: (f) =>
    f.scale === 1
      ? `${f.column} 的 ${f.found} 不在 −1.0、−0.8 … 0.8、1.0 的刻度上。`
      : `${f.column} 的 ${f.found} 不在 −${f.scale} 到 ${f.scale} 之间。`,
  no_audio: (f) => `${f.found} 没有音轨。`,
  no_such_file: (f) => (f.found ? `所导入的文件夹中没有文件“${f.found}”。` : "没有写明视频文件。"),
  not_a_video: (f) => `${f.found} 不是视频，或没有画面。`,
  not_asked: (f) => `没有请“${f.annotator}”为此片段评分。`,
  outside_folder: (f) => `“${f.found}”不在所导入的文件夹内：请移入该文件夹，并从该文件夹写起。`,
  text_too_long: (f) => `${f.column} 有 ${f.length} 个字符；最多 ${f.most} 个。`,
  too_short: (f) => `${f.start} 秒与 ${f.end} 秒之间没有画面帧。`,
  unknown_annotator: (f) => `“${f.annotator}”不是此活动的标注员。`,
  unknown_clip: (f) => `此活动中没有视频 ${f.video} 的片段 ${f.clip}。`,
  unreadable_file: (f) => `服务器无权读取“${f.found}”：请更改文件权限。`,
  video_id_taken: (f) => `项目中已有另一个名为“${f.video}”的视频：请重命名此文件。`,
  wrong_cell_count: (f) => `这一行有 ${f.cells} 格，而表头有 ${f.columns} 列：含逗号的文字请加引号。`,
  wrong_digest: () => "此视频的 SHA-256 与清单记录的不符。",
};

/** Where the server's sentence tells more, such as what a program said of a file. */
const TOLD_MORE: ReadonlySet<string> = new Set(["damaged_video"]);

/** What to show: one sentence in the page's language, and the server's English where it tells more. */
export function reasonOf(
  { code, facts, reason }: RejectedRow,
  language: string,
): { sentence: string; original?: string } {
  const chinese = language.startsWith("zh") ? CHINESE[code] : undefined;
  if (!chinese) return { sentence: reason };
  return TOLD_MORE.has(code) ? { sentence: chinese(facts), original: reason } : { sentence: chinese(facts) };
}
