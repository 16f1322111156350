/** The seven keys: number, word and colour, the same scale as everywhere. */
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import { inkOn, SCORES, type Score, scoreColour } from "@/shared/vocabulary/scale";
import look from "./labeling.module.css";

interface ScoreKeysProps {
  choice: Score | null;
  disabled: boolean;
  onAnswer: (score: Score) => void;
}

export function ScoreKeys({ choice, disabled, onAnswer }: ScoreKeysProps) {
  const { t } = useTranslation("labeling");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in every browser
    <div className={look.keys} role="group" aria-label={t("stage.keys")}>
      {SCORES.map((score) => (
        <ScoreKey
          key={score}
          score={score}
          chosen={score === choice}
          disabled={disabled}
          onAnswer={() => onAnswer(score)}
        />
      ))}
    </div>
  );
}

interface ScoreKeyProps {
  score: Score;
  chosen: boolean;
  disabled: boolean;
  onAnswer: () => void;
}

function ScoreKey({ score, chosen, disabled, onAnswer }: ScoreKeyProps) {
  const { t } = useTranslation();
  const colour = scoreColour(score);
  const word = t(`score.${score}`);
  return (
    <button
      type="button"
      className={look.key}
      style={{ background: colour, color: inkOn(colour) }}
      data-chosen={chosen || undefined}
      data-hint={score + 4}
      aria-pressed={chosen}
      aria-label={`${signed(score, 0)} ${word}`}
      aria-keyshortcuts={String(score + 4)}
      disabled={disabled}
      onClick={onAnswer}
    >
      <span className={look.number}>{signed(score, 0)}</span> <span className={look.word}>{word}</span>
    </button>
  );
}
