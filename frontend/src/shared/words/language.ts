/** Words in two languages: every feature brings its own, checked against each other by the compiler. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";

/** The shape that the other language must fill; Chinese has one plural form, so `_one` is left out. */
export type Words<English> = {
  [Key in keyof English as Key extends `${string}_one` ? never : Key]: English[Key] extends string
    ? string
    : Words<English[Key]>;
};

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "cueset-language";

function firstLanguage(): Language {
  const wanted = localStorage.getItem(STORED) ?? navigator.language;
  return wanted.startsWith("zh") ? "zh" : "en";
}

i18next.use(initReactI18next).init({
  lng: firstLanguage(),
  fallbackLng: "en",
  defaultNS: "shared",
  resources: {},
  interpolation: { escapeValue: false },
});

export function addWords(feature: string, words: Record<Language, object>): void {
  for (const language of LANGUAGES) i18next.addResourceBundle(language, feature, words[language]);
}

export function changeLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  void i18next.changeLanguage(language);
}
