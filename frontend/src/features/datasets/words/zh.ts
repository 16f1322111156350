import type { Words } from "@/shared/words/language";
import type en from "./en";

const zh: Words<typeof en> = {};

export default zh;
