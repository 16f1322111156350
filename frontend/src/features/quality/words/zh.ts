import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  none: "还没有评分。有了评分后，这里会显示一致性和每位标注员的情况。",
  annotator: "标注员",
  stage: "阶段",
  answers: "评分数",
  suspicions: {
    title: "需要留意",
    none: "没有异常。某阶段满 20 个评分后才会检查。",
    hint: "认真的标注员很少出现这些情况，但它们本身不能说明问题。",
    pattern: "情况",
    figure: "实测",
    limit: "界限",
    same_key: "几乎总是同一个分数",
    long_run: "连续给出相同分数",
    faster_than_clip: "片段不可能播完就已作答",
    against_the_rest: "与其他人几乎不相关",
    drift: "逐渐偏离其他人",
  },
  agreement: {
    title: "一致性",
    clips: "片段",
    complete: "全员已评",
    alpha: "Krippendorff α",
    hint: "方括号内为 95% 置信区间。α 按等距量表计算，取至少有两个评分的片段；两种 ICC 取全员都已评分的片段。",
  },
  annotators: {
    title: "各标注员与其他人的比较",
    bias: "偏差",
    spread: "离散度",
    correlation: "相关系数",
    seconds: "每片段秒数",
    drift: "漂移",
  },
  plots: {
    bias: "偏差与相关",
    biasHint: "偏差：与其他人对同一片段评分均值之差的平均，单位为量表分。相关系数：与该均值的相关。",
    drift: "漂移",
    driftHint: "按作答先后把评分分成十份，每份与其他人的平均差。着色者：首尾变化在 95% 置信水平下显著。",
    noDrift: "在浏览器中给出 20 个评分后显示；导入的评分没有先后次序。",
    part: "阶段的十分之几",
    distance: "差值",
  },
};

export default zh;
