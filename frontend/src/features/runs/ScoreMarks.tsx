/** The annotators' scores of a clip in one modality, as small marks on the scale's colours. */
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import { type Score as ScaleScore, scoreColour } from "@/shared/vocabulary/scale";
import type { Prediction } from "./hooks";
import look from "./runs.module.css";

type Scores = Prediction["scores"]["text"];

export function ScoreMarks({ scores }: { scores: Scores }) {
  const { t } = useTranslation("runs");
  if (scores.length === 0) return <div className={look.scores} />;
  const said = scores
    .map(({ annotator, score }) => t("clips.by", { annotator, score: signed(score, 0) }))
    .join("  ");
  return (
    <div className={look.scores} role="img" aria-label={`${t("clips.scores")}: ${said}`} title={said}>
      {scores.map(({ annotator, score }) => (
        <i key={annotator} style={{ background: scoreColour(score as ScaleScore) }} />
      ))}
    </div>
  );
}
