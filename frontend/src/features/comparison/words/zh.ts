import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  intro:
    "灰色数字为论文在 CH-SIMS v2.0 上公布的结果；粗体数字为本系统在版本 {{number}} 测试集上的实测：多个种子的均值 ± 标准差，只计配方未改动的运行。两者的片段不同，只宜并列参考，不能当作比赛。除 MAE 外均为百分数。",
  recipe: "配方",
  released: "公开代码",
  paper: "论文",
  features: "文本、音频、视觉特征",
  row: "模型",
  from: "数据",
  published: "CH-SIMS v2.0",
  measured_other: "实测，{{count}} 个种子",
  notYet: "尚无运行",
  tables: {
    table2: "表 2：多模态模型",
    table3: "表 3：单一模态",
    table4: "表 4：AV-MC 去掉各部分之后",
  },
  metrics: {
    acc2: "Acc2",
    f1: "F1",
    acc2_weak: "Acc2_weak",
    acc3: "Acc3",
    acc5: "Acc5",
    mae: "MAE",
    corr: "Corr",
    r2: "R²",
  },
};

export default zh;
