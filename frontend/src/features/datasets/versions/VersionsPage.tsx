/** The project's versions, newest first, and how to publish the next. */
import { Button, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useProject } from "@/api/projects";
import { isAdmin, useSession } from "@/api/session";
import { moment, shortHash, whole } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import own from "../datasets.module.css";
import "../words";
import "./words";
import { useVersions, type Version } from "@/api/versions";
import { Scroll } from "@/shared/parts/Scroll";
import { PublishDialog } from "./PublishDialog";
import { PublishingNow } from "./Publishing";
import { TrainWhenPublished } from "./TrainWhenPublished";

export default function VersionsPage() {
  const { t } = useTranslation("datasets");
  const { project = "" } = useParams();
  const [address, setAddress] = useSearchParams();
  const session = useSession().data;
  const versions = useVersions(project);
  const info = useProject(project).data;
  const mayPublish = session !== undefined && isAdmin(session, project);
  const publish = mayPublish && (
    <Button onClick={() => setAddress({ publish: "1" })}>{t("versions.publish")}</Button>
  );
  return (
    <Page title={t("versions.title")} marks={info?.simulated && <SimulatedMark />} actions={publish}>
      {!address.has("publish") && <PublishingNow project={project} />}
      <Loaded query={versions}>
        {(results) =>
          results.length === 0 ? (
            <Empty action={publish}>{t("versions.none")}</Empty>
          ) : (
            <VersionTable versions={results} />
          )
        }
      </Loaded>
      {mayPublish && info && <TrainWhenPublished project={info} />}
      {mayPublish && (
        <PublishDialog project={project} opened={address.has("publish")} onClose={() => setAddress({})} />
      )}
    </Page>
  );
}

function VersionTable({ versions }: { versions: readonly Version[] }) {
  const { t, i18n } = useTranslation(["datasets", "versions"]);
  return (
    <Scroll>
      <Table highlightOnHover miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("versions.number")}</Table.Th>
            <Table.Th ta="right">{t("versions.clips")}</Table.Th>
            <Table.Th ta="right">{t("versions.supervised")}</Table.Th>
            <Table.Th ta="right">{t("versions.seed")}</Table.Th>
            <Table.Th>{t("versions.digest")}</Table.Th>
            <Table.Th>{t("versions.author")}</Table.Th>
            <Table.Th>{t("versions.published")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version) => (
            <Table.Tr key={version.id}>
              <Table.Td>
                <Link to={`/projects/${version.project}/versions/${version.id}`}>{version.number}</Link>{" "}
                {version.withdrawn_at && (
                  <span className={own.note} title={version.withdrawn_reason}>
                    {t("versions:withdraw.mark")}
                  </span>
                )}
              </Table.Td>
              <Table.Td ta="right">{whole(version.statistics.clips)}</Table.Td>
              <Table.Td ta="right">{whole(version.statistics.supervised)}</Table.Td>
              <Table.Td ta="right">{version.seed}</Table.Td>
              <Table.Td>
                <code>{shortHash(version.sha256)}</code>
              </Table.Td>
              <Table.Td>{version.author}</Table.Td>
              <Table.Td>{moment(version.created_at, i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
