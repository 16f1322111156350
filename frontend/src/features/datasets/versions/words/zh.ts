import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  title: "数据集版本",
};

export default zh;
