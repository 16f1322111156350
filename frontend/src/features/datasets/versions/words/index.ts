/** The words of a version's pages, in both languages. */
import { addWords } from "@/shared/words/language";
import en from "./en";
import zh from "./zh";

addWords("versions", { en, zh });
