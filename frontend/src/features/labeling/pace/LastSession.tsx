/** When one last sat at a campaign, and how much was done then. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { moment, timeOfDay } from "@/shared/format";
import { usePace } from "./hooks";

export function LastSession({ campaign }: { campaign: string }) {
  const { t, i18n } = useTranslation("labeling");
  const session = usePace(campaign).data?.last_session;
  if (!session) return null;
  const [began, ended] = [moment(session.began, i18n.language), timeOfDay(session.ended, i18n.language)];
  return (
    <Text c="dimmed" size="sm" mb="sm">
      {t("pace.session", { began, ended, count: session.answers })}
    </Text>
  );
}
