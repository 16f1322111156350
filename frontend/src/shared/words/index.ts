/** The words that every page uses. */
import en from "./en";
import { addWords } from "./language";
import zh from "./zh";

addWords("shared", { en, zh });
