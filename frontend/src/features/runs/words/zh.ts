import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {
  title: "训练运行",
};

export default zh;
