/** One campaign: how far each annotator is, the files they are shown, and the labels that come out. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { Aggregate } from "./Aggregate";
import look from "./campaigns.module.css";
import { type CampaignDetail, useCampaign, useChangeState } from "./hooks";
import { ImportScores } from "./ImportScores";
import { ProgressTable } from "./ProgressTable";
import { Renditions } from "./Renditions";
import "./words";

export default function CampaignPage() {
  const { campaign = "" } = useParams();
  const query = useCampaign(campaign);
  return <Loaded query={query}>{(found) => <CampaignContents campaign={found} />}</Loaded>;
}

function CampaignContents({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation("campaigns");
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, campaign.project);
  const { counts } = campaign;
  return (
    <Page
      title={campaign.name}
      under={{ to: `/projects/${campaign.project}/campaigns`, name: t("title") }}
      marks={
        <>
          {campaign.state && (
            <span className={look.state} data-state={campaign.state}>
              {t(`state.${campaign.state}`)}
            </span>
          )}
          {campaign.simulated && <SimulatedMark />}
        </>
      }
      actions={mayChange && <StateButtons campaign={campaign} />}
    >
      <Facts
        of={[
          [t("facts.clips"), whole(counts.clips)],
          [t("facts.batches"), whole(counts.batches)],
          [t("facts.annotators"), whole(counts.annotators)],
          [t("facts.answered"), `${whole(counts.answered)} / ${whole(counts.assignments)}`],
          [t("facts.labels"), whole(counts.labels)],
          [t("facts.seed"), campaign.seed],
        ]}
      />
      <ProgressTable progress={campaign.progress} />
      <Aggregate campaign={campaign} mayChange={mayChange} />
      <Renditions campaign={campaign} mayChange={mayChange} />
      {mayChange && campaign.state !== "closed" && <ImportScores campaign={campaign.id} />}
    </Page>
  );
}

function StateButtons({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation(["campaigns", "shared"]);
  const change = useChangeState(campaign.id);
  const [asking, ask] = useDisclosure(false);
  if (campaign.state === "closed") return null;
  const other = campaign.state === "open" ? "pause" : "resume";
  return (
    <>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate(other)}>
        {t(other)}
      </Button>
      <Button variant="default" onClick={ask.open}>
        {t("close")}
      </Button>
      <Modal opened={asking} onClose={ask.close} title={t("closeTitle")}>
        <Stack>
          <Text>{t("closeWhy")}</Text>
          {change.error && <Failure error={change.error} />}
          <Button color="red" onClick={() => change.mutate("close", { onSuccess: ask.close })}>
            {t("close")}
          </Button>
          <Button variant="default" onClick={ask.close}>
            {t("shared:action.cancel")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
