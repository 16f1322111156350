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
  make: {
    title: "新建项目",
    name: "名称",
    nameHint: "一个项目对应一个正在制作的数据集，例如“街头访谈 2026”。",
    description: "说明",
    submit: "新建",
  },
  about: {
    title: "简介",
    none: "暂无说明。",
    licence: "数据集许可",
    licenceHint: "会印在每次导出的数据卡上，例如 CC BY-NC 4.0。",
  },
  members: {
    title: "成员",
    username: "用户名",
    kind: "角色",
    add: "加入",
    remove: "移除",
    removeNamed: "移除 {{name}} 的角色",
    password: "已为 {{name}} 新建账号，密码仅此一次显示：",
  },
  events: {
    title: "操作记录",
    none: "暂无记录。",
    command: "命令行",
    verbs: {
      "made project": "新建项目",
      "changed settings": "修改设置",
      "added admin": "设为管理员",
      "added researcher": "设为研究者",
      "added annotator": "设为标注员",
      "removed admin": "收回管理员角色",
      "removed researcher": "收回研究者角色",
      "removed annotator": "收回标注员角色",
      "imported clips": "导入片段",
      "imported annotations": "导入评分",
      "created campaign": "创建标注活动",
      "campaign open": "开启标注活动",
      "campaign paused": "暂停标注活动",
      "campaign closed": "结束标注活动",
      "changed preparation": "修改标注前的准备",
      "set reference": "设定参考评分",
      "let in": "准许免校准进入",
      record_labels: "汇总标签",
      publish_version: "发布版本",
      export_version: "导出版本",
      "asked for features": "提取特征",
      "launched run": "启动训练",
      downloaded_run: "下载训练",
    },
  },
};

export default zh;
