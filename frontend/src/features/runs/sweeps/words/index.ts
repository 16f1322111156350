/** The words of sweeps, in both languages. */
import { addWords } from "@/shared/words/language";
import en from "./en";
import zh from "./zh";

addWords("sweeps", { en, zh });
