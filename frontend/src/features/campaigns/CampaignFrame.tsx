/** What all pages of one campaign share: its name and state, what may be done with it, and the tabs between them. */
import { useTranslation } from "react-i18next";
import { Outlet, useOutletContext, useParams } from "react-router";
import type { Job } from "@/api/jobs";
import { isAdmin, useSession } from "@/api/session";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { AddressTabs } from "@/shared/parts/AddressTabs";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import look from "./campaigns.module.css";
import { type CampaignDetail, useCampaign } from "./hooks";
import { StateButtons } from "./StateButtons";
import "./words";

/** Last part of each page's address, in the order of the tabs; the first page has the campaign's own address. */
export const TABS = [
  "progress",
  "isolation",
  "preparation",
  "quality",
  "contested",
  "labels",
  "figures",
] as const;

interface Frame {
  campaign: CampaignDetail;
  mayChange: boolean;
}

/** The campaign that the page in the frame is about, and whether this person administers it. */
export const useFrame = () => useOutletContext<Frame>();

export default function CampaignFrame() {
  const { campaign = "" } = useParams();
  const query = useCampaign(campaign);
  return <Loaded query={query}>{(found) => <Framed campaign={found} />}</Loaded>;
}

function Framed({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation("campaigns");
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, campaign.project);
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
      <AddressTabs
        home={`/projects/${campaign.project}/campaigns/${campaign.id}`}
        names={TABS}
        label={(name) => t(`tabs.${name}`)}
      />
      {campaign.job && <JobProgress job={campaign.job as Job} mayAct={mayChange} />}
      <Outlet context={{ campaign, mayChange } satisfies Frame} />
    </Page>
  );
}
