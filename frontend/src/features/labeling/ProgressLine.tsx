/** How far one is in a stage, as a thin line and in words. */
import { useTranslation } from "react-i18next";
import type { Stage } from "./hooks";
import look from "./labeling.module.css";
import { PaceLine } from "./pace/PaceLine";

export function ProgressLine({ stage }: { stage: Stage }) {
  const { t } = useTranslation("labeling");
  const { done, total } = stage;
  const says = t("stage.progress", { done, total });
  return (
    <div className={look.line}>
      <progress
        value={done}
        max={Math.max(1, total)}
        aria-label={says}
        style={{ color: `var(--modality-${stage.modality})` }}
      />
      <span>
        {says}
        <PaceLine campaign={stage.campaign} />
      </span>
    </div>
  );
}
