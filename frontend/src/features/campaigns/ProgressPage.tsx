/** How far each annotator is, the files they are shown, and the labels that come out. */
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Aggregate } from "./Aggregate";
import { useFrame } from "./CampaignFrame";
import { ImportScores } from "./ImportScores";
import { ProgressTable } from "./ProgressTable";
import { Renditions } from "./Renditions";

export default function ProgressPage() {
  const { t } = useTranslation("campaigns");
  const { campaign, mayChange } = useFrame();
  const { counts } = campaign;
  return (
    <>
      <Facts
        of={[
          [t("facts.clips"), whole(counts.clips)],
          [t("facts.batches"), whole(counts.batches)],
          [t("facts.annotators"), whole(counts.annotators)],
          [t("facts.answered"), `${whole(counts.answered)} / ${whole(counts.assignments)}`],
          [t("facts.repeats"), whole(counts.repeats)],
          [t("facts.labels"), whole(counts.labels)],
          [t("facts.seed"), campaign.seed],
        ]}
      />
      <ProgressTable campaign={campaign} mayChange={mayChange} />
      <Aggregate campaign={campaign} mayChange={mayChange} />
      <Renditions campaign={campaign} mayChange={mayChange} />
      {mayChange && campaign.state !== "closed" && <ImportScores campaign={campaign.id} />}
    </>
  );
}
