import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  tabs: { overview: "概览", changes: "变更" },
  withdraw: {
    action: "撤回",
    title: "撤回此版本",
    why: "撤回后，任何人打开此版本都会看到撤回说明。内容不会被修改或删除，且无法取消撤回。",
    reason: "问题说明",
    done: "已于 {{when}} 撤回",
    mark: "已撤回",
  },
  changes: {
    from: "对比版本",
    first: "这是第一个版本，没有更早的版本可比。",
    none: "所比较的内容没有变化。",
    kind: {
      added: "新增片段",
      removed: "移除片段",
      labels: "标签变化",
      rescored: "评分有变、标签未变",
      splits: "划分变动",
      transcripts: "文本修订",
      media: "视频替换",
      rules: "规则变化",
    },
    shown: "显示前 {{shown}} 项，共 {{all}} 项；CSV 含全部内容。",
    clip: "片段",
    modality: "模态",
    before: "之前",
    after: "之后",
    by: "变化量",
    scores: "评分变化的标注员",
    rule: "规则",
    classes: "前后类别分布",
    classesHint: "按多模态标签统计有监督片段。",
    version: "版本",
    noSplit: "无",
    noScore: "无",
    rules: { aggregation: "聚合规则", seed: "随机种子", grouping: "不拆开的单位" },
  },
};

export default zh;
