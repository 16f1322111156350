/** Nothing left to show in this stage: why, and the one next step. */
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ModalityMark } from "@/shared/parts/Marks";
import { type Stage, useMyWork } from "./hooks";
import look from "./labeling.module.css";

export function StageEnd({ stage, unsaved }: { stage: Stage; unsaved: number }) {
  const { t } = useTranslation("labeling");
  if (unsaved > 0) return <Quiet>{t("end.flushing")}</Quiet>;
  if (stage.state === "locked") return <Quiet button>{t("end.locked")}</Quiet>;
  if (stage.queue.length > 0) return null;
  if (stage.preparing > 0) return <Quiet button>{t("end.preparing", { count: stage.preparing })}</Quiet>;
  if (stage.withheld > 0) return <Quiet button>{t("end.withheld", { count: stage.withheld })}</Quiet>;
  return <StageDone stage={stage} />;
}

function StageDone({ stage }: { stage: Stage }) {
  const { t } = useTranslation("labeling");
  const work = useMyWork();
  const campaign = work.data?.find((one) => one.campaign === stage.campaign);
  const next = campaign?.stages.find((one) => one.state === "open" && one.modality !== stage.modality);
  const nameOf = (modality: Stage["modality"]) => t(`modality.${modality}`, { ns: "shared" });
  return (
    <div className={look.end}>
      <ModalityMark modality={stage.modality} bare />
      <h2>{t("end.title", { stage: nameOf(stage.modality) })}</h2>
      {next ? (
        <Button component={Link} to={`/work/${stage.campaign}/${next.modality}`} autoFocus>
          {t("end.next", { stage: nameOf(next.modality) })}
        </Button>
      ) : (
        !work.isFetching && (
          <>
            <Text c="dimmed">{t("end.all")}</Text>
            <BackToWork />
          </>
        )
      )}
    </div>
  );
}

function Quiet({ children, button }: { children: string; button?: boolean }) {
  return (
    <div className={look.end} role="status">
      <Text c="dimmed">{children}</Text>
      {button && <BackToWork />}
    </div>
  );
}

function BackToWork() {
  const { t } = useTranslation("labeling");
  return (
    <Button component={Link} to="/work" variant="default">
      {t("end.work")}
    </Button>
  );
}
