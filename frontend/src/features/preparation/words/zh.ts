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
  },
  reason: { no_speech: "无说话声", no_face: "无人脸", wrong_transcript: "文本有误", technical: "无法播放" },
};

export default zh;
