import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  nav: {
    label: "主导航",
    work: "我的任务",
    projects: "项目",
    overview: "概览",
    clips: "片段",
    campaigns: "标注活动",
    versions: "数据集版本",
    runs: "训练运行",
    project: "项目",
    open: "打开导航",
    skip: "跳到正文",
  },
  lost: "此地址没有页面。",
  home: "返回首页",
};

export default zh;
