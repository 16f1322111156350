/** The figures of a campaign so far: a tab in the campaign's frame. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Computed } from "@/shared/analyses/Computed";
import { Figures } from "./Figures";
import { useCampaignFigures } from "./hooks";
import "../words";
import "./words";

export default function CampaignFiguresPage() {
  const { t } = useTranslation("versions");
  const { campaign = "" } = useParams();
  const query = useCampaignFigures(campaign);
  return (
    <>
      <Text c="dimmed" mb="md">
        {t("figures.soFar")}
      </Text>
      <Computed query={query}>{(figures) => <Figures figures={figures} />}</Computed>
    </>
  );
}
