/** The figures of a campaign so far: a tab in the campaign's frame. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { Loaded } from "@/shared/parts/Notices";
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
      <Loaded query={query}>{(figures) => <Figures figures={figures} />}</Loaded>
    </>
  );
}
