/** An annotator's campaigns: four stages each, and one clear button. */
import { Button, Text } from "@mantine/core";
import { IconCheck, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "@/api/session";
import { moment } from "@/shared/format";
import { ModalityMark, SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import parts from "@/shared/parts/parts.module.css";
import { type MyCampaign, useMyWork } from "./hooks";
import { LastSession } from "./pace/LastSession";
import { SaveState, SaveTrouble } from "./SaveState";
import { useAnswers } from "./useAnswers";
import look from "./work.module.css";
import "./words";

export default function MyWorkPage() {
  const { t } = useTranslation("labeling");
  const work = useMyWork();
  const user = useSession().data?.user;
  return (
    <Page title={t("work.title")} actions={user && <StillUnsaved user={user.id} />}>
      <Loaded query={work}>
        {(campaigns) =>
          campaigns.length === 0 ? (
            <Empty>{t("work.none")}</Empty>
          ) : (
            campaigns.map((campaign) => <CampaignWork key={campaign.campaign} campaign={campaign} />)
          )
        }
      </Loaded>
    </Page>
  );
}

/** What the labeling page left unsaved is sent from here too. */
function StillUnsaved({ user }: { user: number }) {
  const { queue, state } = useAnswers(user);
  if (state.unsaved.length === 0 && !state.refused) return null;
  return (
    <>
      <SaveState state={state} />
      <SaveTrouble state={state} queue={queue} />
    </>
  );
}

function CampaignWork({ campaign }: { campaign: MyCampaign }) {
  const { t } = useTranslation("labeling");
  return (
    <section className={look.campaign} aria-label={campaign.name}>
      <header className={look.head}>
        <h2>{campaign.name}</h2>
        {campaign.project_name !== campaign.name && <Text c="dimmed">{campaign.project_name}</Text>}
        {campaign.batches > 1 && (
          <Text c="dimmed">{t("work.batch", { batch: campaign.batch, batches: campaign.batches })}</Text>
        )}
        {campaign.simulated && <SimulatedMark />}
      </header>
      <ol className={look.stages}>
        {campaign.stages.map((stage) => (
          <StageLine key={stage.modality} stage={stage} rests={Boolean(campaign.gate?.opens_at)} />
        ))}
      </ol>
      <LastSession campaign={campaign.campaign} />
      <NextStep campaign={campaign} />
    </section>
  );
}

interface StageLineProps {
  stage: MyCampaign["stages"][number];
  /** The gap before the stage whose turn it is has not passed. */
  rests: boolean;
}

function StageLine({ stage, rests }: StageLineProps) {
  const { t } = useTranslation("labeling");
  const state = rests && stage.state === "open" ? "locked" : stage.state;
  return (
    <li className={look.stage} data-state={state}>
      <span className={look.name}>
        <ModalityMark modality={stage.modality} />
      </span>
      <progress
        className={parts.bar}
        value={stage.done}
        max={Math.max(1, stage.total)}
        aria-label={t(`modality.${stage.modality}`, { ns: "shared" })}
        style={{ color: `var(--modality-${stage.modality})` }}
      />
      <span className={look.count}>{t("work.count", { done: stage.done, total: stage.total })}</span>
      <span className={look.state}>
        {state === "done" && <IconCheck size={14} aria-hidden />}
        {state === "locked" && <IconLock size={14} aria-hidden />}
        {t(`state.${state}`)}
      </span>
    </li>
  );
}

function NextStep({ campaign }: { campaign: MyCampaign }) {
  const { t, i18n } = useTranslation("labeling");
  const stage = campaign.stages.find((one) => one.state === "open");
  if (campaign.state !== "open") return <Text c="dimmed">{t(`work.${campaign.state}`)}</Text>;
  if (!stage) return <Text c="dimmed">{t("work.finished")}</Text>;
  const name = t(`modality.${stage.modality}`, { ns: "shared" });
  const { gate } = campaign;
  if (gate?.opens_at) {
    const when = moment(gate.opens_at, i18n.language);
    return <Text c="dimmed">{t("work.rests", { stage: name, when })}</Text>;
  }
  const verb = gate?.code === "calibration_needed" ? "calibrate" : stage.done ? "go" : "start";
  return (
    <Button component={Link} to={`/work/${campaign.campaign}/${stage.modality}`}>
      {t(`work.${verb}`, { stage: name })}
    </Button>
  );
}
