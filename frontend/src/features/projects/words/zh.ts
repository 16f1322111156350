import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  title: "项目",
  none: "您还没有参与任何项目。可以加载示例了解全部流程，或导入自己的片段：",
  counts: { sources: "源视频", clips: "片段", supervised: "有监督", labelled: "已有标签", versions: "版本" },
  next: {
    clips: "导入第一批片段",
    label: "前往标注",
    publish: "发布第一个版本",
    train: "用最新版本训练",
  },
  jobs: { title: "后台任务", none: "当前没有任务。导入、隔离文件制作、导出和训练的进度会显示在这里。" },
  events: { title: "操作记录", none: "暂无记录。" },
};

export default zh;
