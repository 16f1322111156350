/** The gap after the stage before: when this stage opens. */
import { Button, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment } from "@/shared/format";
import own from "../labeling.module.css";

/** Timers of browsers overflow beyond this, and nobody waits in front of the page for so long. */
const LONGEST_WAIT = 24 * 3_600_000;

export function Rest({ opensAt, onOpen }: { opensAt: string; onOpen: () => void }) {
  const { t, i18n } = useTranslation("labeling");
  useEffect(() => {
    const wait = new Date(opensAt).getTime() - Date.now();
    const timer = setTimeout(onOpen, Math.min(Math.max(wait + 500, 1_000), LONGEST_WAIT));
    return () => clearTimeout(timer);
  }, [opensAt, onOpen]);
  return (
    <div className={own.end} role="status">
      <h2>{t("rest.title", { when: moment(opensAt, i18n.language) })}</h2>
      <Text c="dimmed">{t("rest.why")}</Text>
      <Button component={Link} to="/work" variant="default">
        {t("end.work")}
      </Button>
    </div>
  );
}
