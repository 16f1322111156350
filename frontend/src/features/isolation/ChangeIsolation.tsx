/** A mode with single settings changed, what it means, and what it costs. */
import { Button, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { type IsolationMode, MODES, ModeSelect } from "@/shared/isolation/ModeSelect";
import { Failure } from "@/shared/parts/Notices";
import { type Isolation, useChangeIsolation } from "./hooks";
import { SettingFields } from "./SettingFields";
import { changedFrom, isSame, settingsOf, settingsOfMode, type Value } from "./settings";

const isMode = (name: string): name is IsolationMode => MODES.some((mode) => mode === name);

interface ChangeIsolationProps {
  campaign: string;
  isolation: Isolation;
  onDone: (job: string) => void;
}

export function ChangeIsolation({ campaign, isolation, onDone }: ChangeIsolationProps) {
  const { t } = useTranslation("isolation");
  const change = useChangeIsolation(campaign);
  const { choices } = isolation;
  const [mode, setMode] = useState<IsolationMode>(isMode(isolation.mode) ? isolation.mode : "default");
  const [settings, setSettings] = useState(settingsOf(isolation));
  const choose = (wanted: IsolationMode) => {
    setMode(wanted);
    setSettings(settingsOfMode(choices, wanted));
  };
  const set = (name: string, value: Value) => setSettings({ ...settings, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const single = changedFrom(settingsOfMode(choices, mode), settings);
    change.mutate({ mode, settings: single }, { onSuccess: (job) => onDone(job.id) });
  };
  const same = isSame(settingsOf(isolation), settings);
  return (
    <form onSubmit={submit}>
      <Stack>
        <ModeSelect value={mode} onChange={choose} />
        <details>
          <summary>{t("settings.single")}</summary>
          <Text c="dimmed" my="xs">
            {t("settings.singleHint")}
          </Text>
          <SettingFields choices={choices} settings={settings} onChange={set} />
        </details>
        <Text>{same ? t("settings.same") : <Cost isolation={isolation} />}</Text>
        {change.error && <Failure error={change.error} />}
        <Button type="submit" disabled={same} loading={change.isPending}>
          {t("settings.submit")}
        </Button>
      </Stack>
    </form>
  );
}

/** Every stage that plays has a file for every clip. */
function Cost({ isolation }: { isolation: Isolation }) {
  const { t } = useTranslation("isolation");
  const [first] = isolation.verdicts;
  const clips = first ? first.passed + first.overruled + first.withheld + first.missing : 0;
  return t("settings.cost", { clips: whole(clips), files: whole(clips * isolation.verdicts.length) });
}
