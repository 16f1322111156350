/** The words of this feature, in both languages. */
import { addWords } from "@/shared/words/language";
import en from "./en";
import zh from "./zh";

addWords("comparison", { en, zh });
