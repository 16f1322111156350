import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  work: {
    title: "我的任务",
    none: "您还没有加入任何标注活动。管理员将您加入后，活动会自动出现在这里。",
    batch: "第 {{batch}} 批，共 {{batches}} 批",
    start: "开始：{{stage}}",
    go: "继续：{{stage}}",
    finished: "四个阶段均已完成，谢谢！",
    paused: "此活动已暂停，管理员恢复后即可继续。",
    closed: "此活动已结束。",
    count: "{{done}} / {{total}} 个片段",
    order: "各阶段依次开放：文本、音频、视觉、多模态。",
  },
  state: { locked: "未开放", open: "进行中", done: "已完成" },
  stage: {
    question: {
      text: "仅看文字，说话人的情感如何？",
      audio: "仅听语气，说话人的情感如何？",
      vision: "仅看表情和动作，说话人的情感如何？",
      multimodal: "综合所有信息，说话人的情感如何？",
    },
    progress: "{{done}} / {{total}}",
    back: "我的任务",
    keys: "评分",
    play: "播放",
    replay: "重播",
    pause: "暂停",
    undo: "撤销",
    help: "帮助",
    wasScore: "您之前的评分是 {{score}}，请重新选择。",
    undoFailed: "未能撤回上一个评分。",
  },
  save: {
    saved: "已保存",
    saving_other: "{{count}} 个评分尚未保存",
    waiting: "网络中断。评分已存在此浏览器中，恢复后会自动发送。",
    refused: "有一个评分未被接受：{{message}}",
    dismiss: "继续",
  },
  end: {
    title: "{{stage}}阶段已完成",
    next: "下一阶段：{{stage}}",
    all: "本批四个阶段均已完成。",
    work: "返回我的任务",
    preparing_other: "还有 {{count}} 个片段正在准备，完成后本页会自动继续。",
    locked: "此阶段尚未开放，请先完成前一阶段。",
    flushing: "正在保存最后的评分。",
  },
  media: {
    failed: "此片段未能加载。",
    retry: "重新加载",
    wave: "声音波形",
    picture: "无声画面",
    clip: "有声片段",
  },
  help: {
    title: "快捷键",
    answer: "评分并进入下一个片段",
    select: "移动选择",
    confirm: "确认所选评分",
    play: "播放或重播",
    undo: "撤回上一个评分",
    help: "显示此帮助",
    scale: "请判断说话人自身的情感，而不是话题的好坏。−3 为非常消极，0 为中性，3 为非常积极。",
  },
};

export default zh;
