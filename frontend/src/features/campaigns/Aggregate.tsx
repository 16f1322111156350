/** From scores to labels, and what still waits. */
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import own from "./campaigns.module.css";
import { type CampaignDetail, type Settled, useAggregate } from "./hooks";

export function Aggregate({ campaign, mayChange }: { campaign: CampaignDetail; mayChange: boolean }) {
  const { t } = useTranslation("campaigns");
  const aggregate = useAggregate(campaign);
  const rule = campaign.aggregation;
  const button = mayChange && (
    <Button loading={aggregate.isRunning} disabled={campaign.counts.answered === 0} onClick={aggregate.run}>
      {t("aggregate.run")}
    </Button>
  );
  return (
    <Section title={t("aggregate.title")} actions={button}>
      <Text c="dimmed" mb="sm">
        {t(`rule.${rule}`, { ns: "shared" })} · {t(`ruleWhy.${rule}`, { ns: "shared" })} {t("aggregate.grid")}{" "}
        <Link to="labels">{t("aggregate.compare")}</Link>
      </Text>
      {aggregate.error && <Failure error={aggregate.error} />}
      {aggregate.job && <FollowedJob id={aggregate.job} mayAct={mayChange} />}
      {aggregate.settled && <Outcome settled={aggregate.settled} project={campaign.project} />}
    </Section>
  );
}

function Outcome({ settled, project }: { settled: Settled; project: string }) {
  const { t } = useTranslation("campaigns");
  return (
    <div role="status">
      <Facts
        of={[
          [t("aggregate.rule"), t(`rule.${settled.rule}`, { ns: "shared" })],
          [t("aggregate.labels"), whole(settled.labels)],
          [t("aggregate.clips"), whole(settled.clips)],
          [t("aggregate.incomplete"), whole(settled.incomplete)],
        ]}
      />
      {settled.incomplete > 0 && (
        <details className={own.waiting}>
          <summary>{t("aggregate.which")}</summary>
          <ul>
            {settled.incomplete_clips.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      {settled.clips > 0 && (
        <Button mt="sm" component={Link} to={`/projects/${project}/versions?publish=1`}>
          {t("aggregate.publish")}
        </Button>
      )}
    </div>
  );
}
