/** The gap between stages, checks of sound and screen, and the calibration of each stage. */
import { Button, Group, NumberInput, Stack, Switch, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { type CalibrationSetting, type Preparation, useChangePreparation } from "./hooks";
import own from "./preparation.module.css";

interface SettingsProps {
  campaign: string;
  preparation: Preparation;
  mayChange: boolean;
}

/** What a calibration is set to when it is switched on. */
const FIRST: CalibrationSetting = { clips: 5, distance: 1 };

export function Settings({ campaign, preparation, mayChange }: SettingsProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const change = useChangePreparation(campaign);
  const [gap, setGap] = useState(preparation.gap_hours);
  const [checks, setChecks] = useState(preparation.checks);
  const [calibration, setCalibration] = useState(preparation.calibration);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ gap_hours: gap, checks, calibration });
  };
  return (
    <Section title={t("settings.title")}>
      <form onSubmit={submit}>
        <Stack align="flex-start">
          <NumberInput
            label={t("settings.gap")}
            description={t("settings.gapHint")}
            suffix={` ${t("settings.hours")}`}
            min={0}
            max={1440}
            disabled={!mayChange}
            value={gap}
            onChange={(value) => setGap(Number(value) || 0)}
          />
          <Switch
            label={t("settings.checks")}
            description={t("settings.checksHint")}
            disabled={!mayChange}
            checked={checks}
            onChange={(event) => setChecks(event.currentTarget.checked)}
          />
          <div className={own.calibration}>
            <Text>{t("settings.calibration")}</Text>
            <Text c="dimmed" size="sm">
              {t("settings.calibrationHint")}
            </Text>
            <Stack mt="sm">
              {MODALITIES.map((modality) => (
                <CalibrationRow
                  key={modality}
                  modality={modality}
                  setting={calibration[modality] ?? null}
                  mayChange={mayChange}
                  onChange={(setting) => setCalibration({ ...calibration, [modality]: setting })}
                />
              ))}
            </Stack>
          </div>
          {change.error && <Failure error={change.error} />}
          {mayChange && (
            <Button type="submit" variant="default" loading={change.isPending}>
              {t("shared:action.save")}
            </Button>
          )}
        </Stack>
      </form>
    </Section>
  );
}

interface RowProps {
  modality: Modality;
  setting: CalibrationSetting | null;
  mayChange: boolean;
  onChange: (setting: CalibrationSetting | null) => void;
}

function CalibrationRow({ modality, setting, mayChange, onChange }: RowProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const name = t(`shared:modality.${modality}`);
  return (
    <Group gap="sm">
      <Switch
        w={{ base: "100%", xs: 180 }}
        label={<ModalityMark modality={modality} />}
        disabled={!mayChange}
        checked={setting !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? FIRST : null)}
      />
      {setting && (
        <>
          <NumberInput
            w={130}
            aria-label={`${name}: ${t("settings.clips")}`}
            suffix={` ${t("settings.clips")}`}
            min={1}
            max={50}
            allowDecimal={false}
            disabled={!mayChange}
            value={setting.clips}
            onChange={(value) => onChange({ ...setting, clips: Number(value) || 1 })}
          />
          <NumberInput
            w={190}
            aria-label={`${name}: ${t("settings.distance")}`}
            prefix={`${t("settings.distance")} ≤ `}
            min={0}
            max={6}
            step={0.1}
            decimalScale={2}
            disabled={!mayChange}
            value={setting.distance}
            onChange={(value) => onChange({ ...setting, distance: Number(value) || 0 })}
          />
        </>
      )}
    </Group>
  );
}
