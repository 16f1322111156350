/** A field for every setting of isolation, in groups, each with its meaning. */
import { NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import own from "./isolation.module.css";
import {
  type Choices,
  GROUP_NAMES,
  GROUPS,
  type MethodName,
  type SettingName,
  type Settings,
  type Value,
} from "./settings";

interface SettingFieldsProps {
  choices: Choices;
  settings: Settings;
  onChange: (name: string, value: Value) => void;
}

export function SettingFields({ choices, settings, onChange }: SettingFieldsProps) {
  const { t } = useTranslation("isolation");
  return GROUP_NAMES.map((group) => (
    <fieldset key={group} className={own.fields}>
      <legend>{t(`settings.groups.${group}`)}</legend>
      {GROUPS[group].map((name) => (
        <SettingField
          key={name}
          name={name}
          value={settings[name] ?? ""}
          choices={choices}
          onChange={(value) => onChange(name, value)}
        />
      ))}
    </fieldset>
  ));
}

interface SettingFieldProps {
  name: SettingName;
  value: Value;
  choices: Choices;
  onChange: (value: Value) => void;
}

/** What lies between 0 and 1 has steps of a hundredth, all else of one. */
const FINE = /^(most_(estoi|denoised|f0)|least_|piece)/;

function SettingField({ name, value, choices, onChange }: SettingFieldProps) {
  const { t } = useTranslation("isolation");
  const words = { label: t(`setting.${name}.name`), description: t(`setting.${name}.why`) };
  if (name === "audio_method" || name === "mask_method") {
    const methods = name === "audio_method" ? choices.audio_methods : choices.mask_methods;
    return (
      <Select
        {...words}
        allowDeselect={false}
        data={methods.map((method) => ({ value: method, label: t(`method.${method as MethodName}`) }))}
        value={String(value)}
        onChange={(chosen) => chosen && onChange(chosen)}
      />
    );
  }
  const range = choices.ranges[name];
  return (
    <NumberInput
      {...words}
      min={range?.least ?? 0}
      max={range?.most ?? 1}
      step={FINE.test(name) ? 0.01 : 1}
      value={value}
      onChange={(entered) => typeof entered === "number" && onChange(entered)}
    />
  );
}
