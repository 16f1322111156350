/** The words of the frame around every page. */
import { addWords } from "@/shared/words/language";
import en from "./en";
import zh from "./zh";

addWords("app", { en, zh });
