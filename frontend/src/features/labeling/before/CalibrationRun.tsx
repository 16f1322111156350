/** Reference clips rated before a stage: one at a time, each followed by how far off one was, until close enough. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { Failure, Loaded } from "@/shared/parts/Notices";
import type { Modality } from "@/shared/vocabulary/modality";
import own from "../labeling.module.css";
import look from "./before.module.css";
import { Feedback } from "./Feedback";
import {
  type Calibration,
  type CalibrationJudgement,
  type Standard,
  type Told,
  useCalibration,
  useEnter,
  useRateReference,
} from "./hooks";
import { ReferenceClip } from "./ReferenceClip";

interface RunProps {
  campaign: string;
  modality: Modality;
  /** While a dialog is open the keys rest. */
  paused: boolean;
}

export function CalibrationRun({ campaign, modality, paused }: RunProps) {
  const query = useCalibration(campaign, modality);
  return (
    <Loaded query={query}>
      {(state) => (
        <Round
          campaign={campaign}
          modality={modality}
          paused={paused}
          state={state}
          reload={() => void query.refetch()}
        />
      )}
    </Loaded>
  );
}

type Entry = Omit<Standard, "score" | "reason">;

function Round({
  campaign,
  modality,
  paused,
  state,
  reload,
}: RunProps & { state: Calibration; reload: () => void }) {
  const { t } = useTranslation("labeling");
  const rate = useRateReference(campaign, modality);
  const enter = useEnter(campaign, modality);
  // The clip that was just rated stays in view with its answer until one goes on.
  const [rated, setRated] = useState<{ entry: Entry; told: Told } | null>(null);
  const [turn, setTurn] = useState(1);
  const entry = rated?.entry ?? state.next;
  if (!entry) return <Closed state={state} onEnter={() => void enter()} />;

  const judge = (judgement: CalibrationJudgement, seconds: number, plays: number) =>
    rate.mutate(
      { round: state.round, reference: entry.reference, ...judgement, seconds, plays },
      {
        onSuccess: (told) => {
          setRated({ entry, told });
          reload();
        },
      },
    );
  const goOn = () => {
    if (rated?.told.passed) void enter();
    setRated(null);
    setTurn(turn + 1);
  };
  return (
    <ReferenceClip
      key={`${turn} ${entry.reference}`}
      entry={entry}
      modality={modality}
      paused={paused}
      told={rated?.told ?? null}
      head={<RoundHead state={state} rated={rated !== null} />}
      busy={rate.isPending}
      onJudge={judge}
      onGoOn={goOn}
      onExpired={reload}
    >
      {rate.error && <Failure error={rate.error} retry={reload} />}
      {rated && <Feedback told={rated.told} limit={state.limit} onGoOn={goOn} />}
      {!rated && <p className={own.question}>{t(`stage.question.${modality}`)}</p>}
    </ReferenceClip>
  );
}

/** What this is, and how far one is with it. */
function RoundHead({ state, rated }: { state: Calibration; rated: boolean }) {
  const { t } = useTranslation("labeling");
  // The last answer of a round closes it, so the state then tells of the next one.
  const done = rated && state.answers.length === 0 ? state.clips : state.answers.length;
  const last = state.distances.at(-1);
  return (
    <div className={look.head} role="status">
      <b>{t("calibration.title")}</b>
      <span>{t("calibration.progress", { done, total: state.clips })}</span>
      <Text c="dimmed" size="sm">
        {last === undefined || done > 0
          ? t("calibration.hint", { limit: decimal(state.limit, 1) })
          : t("calibration.again", { distance: decimal(last, 1), limit: decimal(state.limit, 1) })}
      </Text>
    </div>
  );
}

/** No clip to rate: all passed, or files are missing. */
function Closed({ state, onEnter }: { state: Calibration; onEnter: () => void }) {
  const { t } = useTranslation("labeling");
  return (
    <div className={own.end} role="status">
      <Text c="dimmed">
        {state.passed ? t("calibration.passed") : t("calibration.preparing", { count: state.preparing })}
      </Text>
      {state.passed && (
        <Button autoFocus onClick={onEnter}>
          {t("calibration.enter")}
        </Button>
      )}
    </div>
  );
}
