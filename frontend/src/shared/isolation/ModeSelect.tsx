/** How a campaign hides spoken words: a mode by name, and what it does. */
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";

export type IsolationMode = Schemas["IsolationModeEnum"];

export const MODES = [
  "default",
  "stricter",
  "vocoder",
  "additive_noise",
  "low_pass",
  "time_shuffle",
] as const satisfies readonly IsolationMode[];

interface ModeSelectProps {
  value: IsolationMode;
  onChange: (mode: IsolationMode) => void;
}

export function ModeSelect({ value, onChange }: ModeSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={t("isolation.label")}
      description={t(`isolation.hint.${value}`)}
      allowDeselect={false}
      data={MODES.map((mode) => ({ value: mode, label: t(`isolation.mode.${mode}`) }))}
      value={value}
      onChange={(mode) => mode && onChange(mode)}
    />
  );
}
