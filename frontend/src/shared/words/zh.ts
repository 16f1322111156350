import type en from "./en";
import type { Words } from "./language";

const zh: Words<typeof en> = {
  product: "Cueset",
  modality: { text: "文本", audio: "音频", vision: "视觉", multimodal: "多模态" },
  score: {
    "-3": "强烈消极",
    "-2": "消极",
    "-1": "略消极",
    "0": "中性",
    "1": "略积极",
    "2": "积极",
    "3": "强烈积极",
  },
  class: { NEG: "消极", WNEG: "弱消极", NEU: "中性", WPOS: "弱积极", POS: "积极" },
  split: { train: "训练集", valid: "验证集", test: "测试集", none: "无监督" },
  role: { annotator: "标注员", admin: "管理员", researcher: "研究人员" },
  job: {
    waiting: "分块进行中",
    queued: "排队中",
    running: "进行中",
    succeeded: "已完成",
    failed: "失败",
    cancelled: "已取消",
    cancel: "取消",
    retry: "重试",
    left: "预计还需 {{time}}",
    log: "日志末尾",
    failedParts: "失败的部分",
    progress: "{{done}} / {{total}}",
  },
  action: {
    save: "保存",
    cancel: "取消",
    close: "关闭",
    download: "下载",
    tryAgain: "重试",
    more: "显示更多",
    back: "返回",
    clear: "清除筛选",
  },
  simulated: "模拟数据",
  simulatedWhy: "由程序生成，并非真人标注；数值不能当作研究结论。",
  loading: "加载中",
  yes: "是",
  no: "否",
  none: "无",
  imported: "随导入提供",
  errors: {
    title: "操作未成功",
    unreachable: "无法连接服务器。请确认服务器正在运行、网络正常。",
    broken: "页面出错了。请重新加载；如仍然出错，请告知服务器管理员。",
  },
};

export default zh;
