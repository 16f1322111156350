/** The project's campaigns, and how to start one. */
import { Button, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useProject } from "@/api/projects";
import { isAdmin, useSession } from "@/api/session";
import { moment } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { CreateDialog } from "./CreateDialog";
import { type Campaign, useCampaigns } from "./hooks";
import "./words";
import { Scroll } from "@/shared/parts/Scroll";

export default function CampaignsPage() {
  const { t } = useTranslation("campaigns");
  const { project = "" } = useParams();
  const [address, setAddress] = useSearchParams();
  const session = useSession().data;
  const info = useProject(project).data;
  const campaigns = useCampaigns(project);
  const mayCreate = session !== undefined && isAdmin(session, project);
  const create = mayCreate && <Button onClick={() => setAddress({ new: "1" })}>{t("create")}</Button>;
  const noClips = info?.counts.supervised === 0;
  return (
    <Page title={t("title")} marks={info?.simulated && <SimulatedMark />} actions={create}>
      <Loaded query={campaigns}>
        {({ results }) =>
          results.length > 0 ? (
            <CampaignTable campaigns={results} />
          ) : noClips ? (
            <Empty
              action={
                <Button component={Link} to={`/projects/${project}/clips`}>
                  {t("toClips")}
                </Button>
              }
            >
              {t("noClips")}
            </Empty>
          ) : (
            <Empty action={create}>{t("none")}</Empty>
          )
        }
      </Loaded>
      {mayCreate && (
        <CreateDialog project={project} opened={address.has("new")} onClose={() => setAddress({})} />
      )}
    </Page>
  );
}

function CampaignTable({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { t, i18n } = useTranslation("campaigns");
  return (
    <Scroll>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("name")}</Table.Th>
            <Table.Th>{t("created")}</Table.Th>
            <Table.Th ta="right">{t("batchSize")}</Table.Th>
            <Table.Th>{t("stateName")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map((campaign) => (
            <Table.Tr key={campaign.id}>
              <Table.Td>
                <Link to={`/projects/${campaign.project}/campaigns/${campaign.id}`}>{campaign.name}</Link>
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {moment(campaign.created_at, i18n.language)}
              </Table.Td>
              <Table.Td ta="right">{campaign.batch_size}</Table.Td>
              <Table.Td>{campaign.state && t(`state.${campaign.state}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
