/** What all pages of one version share: its number, what may be done with it, whether it was withdrawn, the tabs. */
import { Alert, Button, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate, useOutletContext, useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { useVersion, type Version } from "@/api/versions";
import { moment } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import own from "../datasets.module.css";
import "../words";
import "./words";
import { Withdraw } from "./Withdraw";

/** Last part of each page's address, in the order of the tabs; the first page has the version's own address. */
const TABS = ["overview", "figures", "splits", "changes", "comparison"] as const;

/** The version that the page in the frame is about. */
export const useFramedVersion = () => useOutletContext<Version>();

export default function VersionFrame() {
  const { version = "" } = useParams();
  const query = useVersion(version);
  return <Loaded query={query}>{(found) => <Framed version={found} />}</Loaded>;
}

function Framed({ version }: { version: Version }) {
  const { t, i18n } = useTranslation(["versions", "datasets"]);
  const session = useSession().data;
  const { project } = version;
  const mayWithdraw = session !== undefined && isAdmin(session, project) && !version.withdrawn_at;
  return (
    <Page
      title={t("datasets:version.title", { number: version.number })}
      under={{ to: `/projects/${project}/versions`, name: t("datasets:versions.title") }}
      marks={version.simulated && <SimulatedMark />}
      actions={
        <>
          {mayWithdraw && <Withdraw version={version.id} />}
          <Button component="a" href={`/api/versions/${version.id}/manifest/`} download variant="default">
            {t("datasets:version.manifest")}
          </Button>
          <Button component={Link} to={`/projects/${project}/runs?launch=1&version=${version.id}`}>
            {t("datasets:version.runs")}
          </Button>
        </>
      }
    >
      {version.withdrawn_at && (
        <Alert
          color="red"
          variant="light"
          mb="md"
          title={t("withdraw.done", { when: moment(version.withdrawn_at, i18n.language) })}
        >
          {version.withdrawn_reason}
        </Alert>
      )}
      <VersionTabs home={`/projects/${project}/versions/${version.id}`} />
      <Outlet context={version} />
    </Page>
  );
}

function VersionTabs({ home }: { home: string }) {
  const { t } = useTranslation("versions");
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
      <Tabs.List className={own.tabs}>
        {TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
