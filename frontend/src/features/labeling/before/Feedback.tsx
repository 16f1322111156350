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
  const off = Math.abs(told.given - told.expected);
  const next = told.distance === null ? "next" : told.passed ? "enter" : "repeat";
  return (
    <div className={look.feedback} role="status">
      <p>
        {t("calibration.given")} <ScoreChip score={told.given} /> · {t("calibration.expected")}{" "}
        <ScoreChip score={told.expected} /> ·{" "}
        {off ? t("calibration.off", { count: off }) : t("calibration.same")}
      </p>
      <p className={look.reason}>{told.reason}</p>
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
      <Button aria-keyshortcuts="Enter" onClick={onGoOn}>
        {t(`calibration.${next}`)}
      </Button>
    </div>
  );
}
