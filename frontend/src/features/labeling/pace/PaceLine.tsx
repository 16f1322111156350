/** Clips an hour and the time left, once enough clips tell them. */
import { useTranslation } from "react-i18next";
import { usePace } from "./hooks";

export function PaceLine({ campaign }: { campaign: string }) {
  const { t } = useTranslation("labeling");
  const pace = usePace(campaign).data;
  if (!pace?.clips_an_hour || pace.seconds_left === null) return null;
  const minutes = Math.max(1, Math.round(pace.seconds_left / 60));
  const left =
    minutes < 60
      ? t("pace.minutes", { count: minutes })
      : t("pace.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return <> · {t("pace.line", { pace: Math.round(pace.clips_an_hour), left })}</>;
}
