/** How well a campaign isolates its modalities: verdicts, distributions, and the files that someone must look at. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { Facts } from "@/shared/parts/Facts";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Distributions } from "./Distributions";
import { type Isolation, useIsolation } from "./hooks";
import { IsolationSettings } from "./IsolationSettings";
import { Queue } from "./Queue";
import { Regions } from "./Regions";
import { Transcripts } from "./Transcripts";
import { Verdicts } from "./Verdicts";
import "./words";

export default function IsolationPage() {
  const { campaign = "", project = "" } = useParams();
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, project);
  const query = useIsolation(campaign);
  return (
    <Loaded query={query}>
      {(isolation) => <Contents campaign={campaign} isolation={isolation} mayChange={mayChange} />}
    </Loaded>
  );
}

interface ContentsProps {
  campaign: string;
  isolation: Isolation;
  mayChange: boolean;
}

function Contents({ campaign, isolation, mayChange }: ContentsProps) {
  const { t } = useTranslation("isolation");
  return (
    <>
      <Text c="dimmed" maw={760}>
        {t("hint")}
      </Text>
      <Verdicts isolation={isolation} />
      <IsolationSettings campaign={campaign} isolation={isolation} mayChange={mayChange} />
      <Distributions isolation={isolation} />
      <Queue
        campaign={campaign}
        outliers={isolation.outliers}
        withheld={isolation.verdicts.some((stage) => stage.withheld > 0)}
        mayChange={mayChange}
      />
      <Regions campaign={campaign} mayChange={mayChange} />
      <Transcripts campaign={campaign} mayChange={mayChange} />
      {isolation.tools.map((tools) => (
        <Section key={JSON.stringify(tools)} title={t("tools")}>
          <Facts of={Object.entries(tools)} />
        </Section>
      ))}
    </>
  );
}
