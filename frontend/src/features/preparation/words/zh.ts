import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  flags: {
    title: "标注员反馈",
    hint: "标注员无法判断的片段及其留言。没有评分的片段在处理之前保持未完成。",
    none: "尚无反馈。",
    clip: "片段",
    stage: "阶段",
    annotator: "标注员",
    reason: "无法判断",
    comment: "留言",
    when: "时间",
    save: "CSV",
    all: "全部原因",
    calibration: "无法播放的参考片段",
    calibrationHint: "标注员在校准时反馈，不计入其校准结果。请检查文件，或撤回该片段。",
  },
  reason: { no_speech: "无说话声", no_face: "无人脸", wrong_transcript: "文本有误", technical: "无法播放" },
  settings: {
    title: "阶段之前",
    gap: "两个阶段之间的间隔",
    gapHint: "标注员完成前一阶段的最后一个评分后，须经过这段时间，下一阶段才开放。0 表示立即开放。",
    hours: "小时",
    checks: "检查声音和屏幕",
    checksHint: "音频阶段前数提示音，视觉阶段前数浅淡圆点，多模态阶段前两者都做。",
    calibration: "校准",
    calibrationHint: "一轮评分与参考分的平均差距在此范围内，或由管理员准许，阶段才开放。",
    clips: "个片段",
    distance: "差距",
  },
  repeats: {
    title: "重复出现的片段",
    share: "占一个阶段片段的比例",
    hint: "每位标注员会在较晚的时候再次看到这些片段。第二次的评分只用来衡量其前后一致性，不进入标签。",
    rule_zero:
      "全部 {{begun}} 个阶段（按标注员计）都已开始或完成，保持不变。新的比例只适用于之后加入的标注员。",
    rule_other:
      "新的比例适用于 {{count}} 个尚未开始的阶段（按标注员计）以及之后加入的标注员；已开始或已完成的 {{begun}} 个阶段保持不变。",
    save: "更改比例",
  },
  references: {
    title: { standard: "各评分的范例", calibration: "校准用片段" },
    hint: {
      standard: "标注员在该阶段可随时按 S 键查看：该阶段的文件、您的评分及理由。",
      calibration: "标注员在阶段开始前为其评分，随后看到您的评分及理由。这些评分不计入标注结果。",
    },
    add: { standard: "添加范例", calibration: "添加片段" },
    none: "尚未添加。",
    clip: "片段",
    stage: "阶段",
    score: "评分",
    why: "理由",
    shown: "标注员所见",
    whyHint: {
      standard: "仅在该阶段与范例一同显示，请勿透露该阶段所隐藏的内容。",
      calibration: "仅在该阶段作答后显示，请勿透露该阶段所隐藏的内容。",
    },
    search: "按名称或文字搜索",
    nothingFound: "没有找到片段",
    rated: "本活动的标注员也要为此片段评分，他们会事先得知答案。最好选择活动之外的片段。",
    isRated: "本活动中也接受评分",
    allTheSame: "仍然使用",
    noFile: "暂不显示：尚无文件通过审核。请在“进度”页制作文件。",
    takeBack: "撤回",
  },
  people: {
    title: "准备情况",
    hint: "每轮校准的平均差距，以及最近一次声音或屏幕检查。",
    passed: "已校准",
    waiting: "未校准",
    letIn: "由 {{who}} 准许：{{reason}}",
    checked: "已检查 {{when}}",
    skipped: "跳过检查 {{when}}",
    open: "准许进入",
    reason: "为何免于校准？",
  },
};

export default zh;
