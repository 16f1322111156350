/** What all pages of one campaign share: its name and state, what may be done with it, and the tabs between them. */
import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate, useOutletContext, useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import look from "./campaigns.module.css";
import { type CampaignDetail, useCampaign } from "./hooks";
import { StateButtons } from "./StateButtons";
import "./words";

/** Last part of each page's address, in the order of the tabs; the first page has the campaign's own address. */
const TABS = ["progress", "isolation", "preparation", "quality", "contested", "figures"] as const;

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
      <CampaignTabs home={`/projects/${campaign.project}/campaigns/${campaign.id}`} />
      <Outlet context={{ campaign, mayChange } satisfies Frame} />
    </Page>
  );
}

function CampaignTabs({ home }: { home: string }) {
  const { t } = useTranslation("campaigns");
  const { pathname } = useLocation();
  const go = useNavigate();
  const [first, ...others] = TABS;
  const here = others.find((name) => pathname.startsWith(`${home}/${name}`)) ?? first;
  return (
    <Tabs
      value={here}
      onChange={(name) => go(name === first ? home : `${home}/${name}`)}
      activateTabWithKeyboard={false}
      mb="md"
    >
      <Tabs.List className={look.tabs}>
        {TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
