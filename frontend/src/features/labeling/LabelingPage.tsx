/** One thing in the middle, seven keys below, one keystroke to answer and move on. */
import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp, IconArrowLeft, IconHelp, IconListDetails } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { useSession } from "@/api/session";
import { ModalityMark, SimulatedMark } from "@/shared/parts/Marks";
import { Failure, Waiting } from "@/shared/parts/Notices";
import { isModality, type Modality } from "@/shared/vocabulary/modality";
import { Entrance } from "./before/Entrance";
import { StandardsDialog } from "./before/StandardsDialog";
import { GetReady } from "./GetReady";
import { HelpDialog } from "./HelpDialog";
import { useMyWork } from "./hooks";
import { useCommands } from "./keyboard";
import look from "./labeling.module.css";
import { ProgressLine } from "./ProgressLine";
import { BreakNotice } from "./pace/BreakNotice";
import { Rating } from "./Rating";
import { SaveState, SaveTrouble } from "./SaveState";
import { StageEnd } from "./StageEnd";
import { type StageWork, useStageWork } from "./useStageWork";
import "./words";

export default function LabelingPage() {
  const { campaign = "", modality } = useParams();
  const user = useSession().data?.user;
  if (!isModality(modality) || !user) return <Navigate to="/work" replace />;
  return <StagePage key={`${campaign} ${modality}`} user={user.id} campaign={campaign} modality={modality} />;
}

function StagePage({ user, campaign, modality }: { user: number; campaign: string; modality: Modality }) {
  const { t } = useTranslation(["labeling", "shared"]);
  const work = useStageWork(user, campaign, modality);
  const [helpOpen, help] = useDisclosure(false);
  const [standardsOpen, standards] = useDisclosure(false);
  const paused = helpOpen || standardsOpen;
  // These keys belong to the page, not to a clip: they work too while the next clip is not there yet.
  useCommands((command) => {
    if (command.kind === "undo" && work.mayUndo) work.takeBack();
    else if (command.kind === "help") help.open();
    else if (command.kind === "standards") standards.open();
  }, !paused);
  const simulated = useMyWork().data?.find((one) => one.campaign === campaign)?.simulated;
  const { stage, shown, answers } = work;
  return (
    <main className={look.stage}>
      <title>{`${t(`shared:modality.${modality}`)} · Cueset`}</title>
      <header className={look.head}>
        <Link to="/work" className={look.back} aria-label={t("stage.back")}>
          <IconArrowLeft size={20} />
        </Link>
        <h1>
          <ModalityMark modality={modality} />
        </h1>
        {simulated && <SimulatedMark />}
        <span className={look.spread} />
        {stage.data && <SaveState state={answers} />}
        <StageTools work={work} onHelp={help.open} onStandards={standards.open} />
      </header>
      {stage.data && <ProgressLine stage={stage.data} />}
      {stage.data && <BreakNotice campaign={campaign} />}
      <SaveTrouble state={answers} queue={work.queue} />
      <Entrance work={work} campaign={campaign} modality={modality} paused={paused}>
        {shown ? (
          <Rating key={shown.assignment} work={work} entry={shown} modality={modality} paused={paused} />
        ) : stage.data ? (
          <StageEnd stage={stage.data} unsaved={answers.unsaved.length} />
        ) : stage.error ? (
          <Failure error={stage.error} retry={stage.refetch} />
        ) : (
          <Waiting />
        )}
      </Entrance>
      {work.left.map((entry) => (
        <GetReady key={entry.assignment} entry={entry} modality={modality} />
      ))}
      <StandardsDialog
        campaign={campaign}
        modality={modality}
        opened={standardsOpen}
        onClose={standards.close}
      />
      <HelpDialog opened={helpOpen} onClose={help.close} />
    </main>
  );
}

interface ToolsProps {
  work: StageWork;
  onHelp: () => void;
  onStandards: () => void;
}

function StageTools({ work, onHelp, onStandards }: ToolsProps) {
  const { t } = useTranslation("labeling");
  return (
    <>
      <ActionIcon
        className={look.tool}
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t("standards.title")}
        aria-keyshortcuts="s"
        title={t("standards.title")}
        onClick={onStandards}
      >
        <IconListDetails size={20} />
      </ActionIcon>
      <ActionIcon
        className={look.tool}
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t("stage.undo")}
        aria-keyshortcuts="u"
        title={t("stage.undo")}
        disabled={!work.mayUndo}
        onClick={() => work.takeBack()}
      >
        <IconArrowBackUp size={20} />
      </ActionIcon>
      <ActionIcon
        className={look.tool}
        variant="subtle"
        color="gray"
        size={40}
        aria-label={t("stage.help")}
        title={t("stage.help")}
        onClick={onHelp}
      >
        <IconHelp size={20} />
      </ActionIcon>
    </>
  );
}
