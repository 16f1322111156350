/** What all pages of one version share: its number, what may be done with it, whether it was withdrawn, the tabs. */
import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useOutletContext, useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { useVersion, type Version } from "@/api/versions";
import { moment } from "@/shared/format";
import { AddressTabs } from "@/shared/parts/AddressTabs";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import "../words";
import "./words";
import { Withdraw } from "./Withdraw";

/** Last part of each page's address, in the order of the tabs; the first page has the version's own address. */
export const TABS = ["overview", "figures", "splits", "changes", "lineage", "comparison"] as const;

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
      <AddressTabs
        home={`/projects/${project}/versions/${version.id}`}
        names={TABS}
        label={(name) => t(`tabs.${name}`)}
      />
      <Outlet context={version} />
    </Page>
  );
}
