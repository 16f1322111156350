/** The files that annotators are shown: made, passed, failed, and what their audits found. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { hasEnded, type Job, useJobs } from "@/api/jobs";
import { whole } from "@/shared/format";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Said } from "@/shared/parts/Said";
import { Scroll } from "@/shared/parts/Scroll";
import own from "./campaigns.module.css";
import { type CampaignDetail, useFailedRenditions, useMakeRenditions } from "./hooks";

const KIND = "make_renditions";

export function Renditions({ campaign, mayChange }: { campaign: CampaignDetail; mayChange: boolean }) {
  const { t } = useTranslation("campaigns");
  const make = useMakeRenditions(campaign.project);
  const jobs = useJobs(campaign.project, { kind: KIND });
  const { passed, failed, total } = campaign.renditions;
  const running = jobs.data?.results.find((job) => !hasEnded(job)) as Job | undefined;
  const button = mayChange && passed < total && !running && (
    <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
      {t("renditions.make")}
    </Button>
  );
  return (
    <Section title={t("renditions.title")} actions={button}>
      <Text c="dimmed">{t("renditions.hint")}</Text>
      <div className={own.renditions} aria-hidden="true">
        <div style={{ flexGrow: passed, background: "var(--good)" }} />
        <div style={{ flexGrow: failed, background: "var(--bad)" }} />
        <div style={{ flexGrow: Math.max(0, total - passed - failed), background: "var(--line)" }} />
      </div>
      <Text className="figures">
        {whole(passed)} {t("renditions.passed")} · {whole(failed)} {t("renditions.failed")} ·{" "}
        {whole(Math.max(0, total - passed - failed))} {t("renditions.open")}
      </Text>
      {make.error && <Failure error={make.error} />}
      {running && <JobProgress job={running} mayAct={mayChange} />}
      {failed > 0 && <Findings campaign={campaign.id} failed={failed} />}
    </Section>
  );
}

function Findings({ campaign, failed }: { campaign: string; failed: number }) {
  const { t } = useTranslation("campaigns");
  const query = useFailedRenditions(campaign, failed);
  if (query.error) return <Failure error={query.error} retry={query.refetch} />;
  return (
    <Scroll>
      <Table mt="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("renditions.clip")}</Table.Th>
            <Table.Th>{t("renditions.stage")}</Table.Th>
            <Table.Th>{t("renditions.finding")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {query.data?.results.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                {row.video_id} / {row.clip_id}
              </Table.Td>
              <Table.Td>
                <ModalityMark modality={row.modality} />
              </Table.Td>
              <Table.Td>
                {row.audit.findings.map((finding) => (
                  <div key={finding.english}>
                    <Said of={finding} />
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
