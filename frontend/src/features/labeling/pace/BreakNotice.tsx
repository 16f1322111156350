/** A suggestion to rest, beside the work and never over it. */
import { Button } from "@mantine/core";
import { IconCoffee } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { breakIsDue, rememberTold, toldAt } from "./breaks";
import { usePace } from "./hooks";
import look from "./pace.module.css";

export function BreakNotice({ campaign }: { campaign: string }) {
  const { t } = useTranslation("labeling");
  const pace = usePace(campaign).data;
  const [told, setTold] = useState(() => toldAt(campaign));
  if (!pace || !breakIsDue(pace, told)) return null;
  const dismiss = () => {
    rememberTold(campaign, pace.work_seconds);
    setTold(pace.work_seconds);
  };
  return (
    <div className={look.notice} role="status">
      <IconCoffee size={18} aria-hidden />
      <span>{t("pace.break", { minutes: Math.floor(pace.work_seconds / 60) })}</span>
      <Button size="compact-sm" variant="default" onClick={dismiss}>
        {t("pace.later")}
      </Button>
    </div>
  );
}
