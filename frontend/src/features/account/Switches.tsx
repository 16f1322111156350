/** Language and colours: remembered on this device. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { changeLanguage, type Language } from "@/shared/words/language";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("account");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("menu.language")}
      value={i18n.language}
      onChange={(language) => changeLanguage(language as Language)}
      data={[
        { value: "zh", label: "中文" },
        { value: "en", label: "English" },
      ]}
    />
  );
}

export function SchemeSwitch() {
  const { t } = useTranslation("account");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t("menu.scheme")}
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as "light" | "dark" | "auto")}
      data={[
        { value: "auto", label: t("menu.auto") },
        { value: "light", label: t("menu.light") },
        { value: "dark", label: t("menu.dark") },
      ]}
    />
  );
}
