/** How far a score was from the reference, why the reference is what it is, and after the last clip the whole round. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { ScoreChip } from "@/shared/parts/Marks";
import look from "./before.module.css";
import type { Told } from "./hooks";

interface FeedbackProps {
  told: Told;
  limit: number;
  onGoOn: () => void;
}

export function Feedback({ told, limit, onGoOn }: FeedbackProps) {
  const { t } = useTranslation("labeling");
  const next = told.passed ? "enter" : told.round_done ? "repeat" : "next";
  return (
    <div className={look.feedback} role="status">
      <Apart told={told} />
      {told.distance !== null && (
        <p>
          <b>
            {t(told.passed ? "calibration.within" : "calibration.beyond", {
              distance: decimal(told.distance, 1),
              limit: decimal(limit, 1),
            })}
          </b>
        </p>
      )}
      {told.round_done && told.distance === null && <p>{t("calibration.tooFew")}</p>}
      <Button aria-keyshortcuts="Enter" onClick={onGoOn}>
        {t(`calibration.${next}`)}
      </Button>
    </div>
  );
}

/** Score and reference side by side, or that the clip did not play. */
function Apart({ told }: { told: Told }) {
  const { t } = useTranslation("labeling");
  if (told.given === null || told.expected === null) return <p>{t("problem.told")}</p>;
  const off = Math.abs(told.given - told.expected);
  return (
    <>
      <p>
        {t("calibration.given")} <ScoreChip score={told.given} /> · {t("calibration.expected")}{" "}
        <ScoreChip score={told.expected} /> ·{" "}
        {off ? t("calibration.off", { count: off }) : t("calibration.same")}
      </p>
      <p className={look.reason}>{told.reason}</p>
    </>
  );
}
