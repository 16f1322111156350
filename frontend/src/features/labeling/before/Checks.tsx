/** Sound and screen tried before a stage: count some tones, count some faint dots. Skipped only knowingly. */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import type { Modality } from "@/shared/vocabulary/modality";
import look from "./before.module.css";
import { type CheckKind, useRecordCheck } from "./hooks";
import { ScreenCheck } from "./ScreenCheck";
import { SoundCheck } from "./SoundCheck";

interface ChecksProps {
  campaign: string;
  modality: Modality;
  needed: readonly CheckKind[];
  /** While a dialog is open the keys rest. */
  paused: boolean;
}

export function Checks({ campaign, modality, needed, paused }: ChecksProps) {
  const record = useRecordCheck(campaign, modality);
  const [done, setDone] = useState(0);
  const [tries, setTries] = useState(0);
  const kind = needed[Math.min(done, needed.length - 1)];
  const onCounted = (right: boolean) => {
    setTries(tries + 1);
    if (!right) return;
    if (done + 1 < needed.length) setDone(done + 1);
    else record.mutate({ passed: true, tries: tries + 1 });
  };
  return (
    <div className={look.check}>
      {kind === "sound" ? (
        <SoundCheck paused={paused} onCounted={onCounted} />
      ) : (
        <ScreenCheck key={tries} again={tries > done} paused={paused} onCounted={onCounted} />
      )}
      {record.error && <Failure error={record.error} />}
      <Skip onSkip={() => record.mutate({ passed: false, tries })} />
    </div>
  );
}

/** Going on without takes a second press that says what it means. */
function Skip({ onSkip }: { onSkip: () => void }) {
  const { t } = useTranslation("labeling");
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAsking(true)}>
        {t("check.cannot")}
      </Button>
    );
  return (
    <div className={look.skip} role="alert">
      <Text size="sm">{t("check.skipWhy")}</Text>
      <Button variant="default" size="compact-sm" onClick={onSkip}>
        {t("check.skip")}
      </Button>
    </div>
  );
}
