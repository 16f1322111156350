/** How a campaign isolates, setting by setting; an admin changes it until the first file was rated. */
import { Button, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { Section } from "@/shared/parts/Page";
import { ChangeIsolation } from "./ChangeIsolation";
import type { Isolation } from "./hooks";
import own from "./isolation.module.css";
import { GROUP_NAMES, GROUPS, type MethodName, type SettingName, settingsOf, type Value } from "./settings";

interface IsolationSettingsProps {
  campaign: string;
  isolation: Isolation;
  mayChange: boolean;
}

export function IsolationSettings({ campaign, isolation, mayChange }: IsolationSettingsProps) {
  const { t } = useTranslation("isolation");
  const [opened, { open, close }] = useDisclosure(false);
  const [job, follow] = useState<string>();
  const button = mayChange && !isolation.rated && (
    <Button variant="default" onClick={open}>
      {t("settings.change")}
    </Button>
  );
  const done = (id: string) => {
    follow(id);
    close();
  };
  return (
    <Section title={t("settings.title")} actions={button}>
      <ModeName mode={isolation.mode} />
      {isolation.rated && (
        <Text c="dimmed" maw={760}>
          {t("settings.rated")}
        </Text>
      )}
      {job && <FollowedJob id={job} />}
      {GROUP_NAMES.map((group) => (
        <SettingFacts
          key={group}
          title={t(`settings.groups.${group}`)}
          names={GROUPS[group]}
          isolation={isolation}
        />
      ))}
      <Modal opened={opened} onClose={close} title={t("settings.changeTitle")} size="xl">
        <ChangeIsolation campaign={campaign} isolation={isolation} onDone={done} />
      </Modal>
    </Section>
  );
}

function ModeName({ mode }: { mode: string }) {
  const { t } = useTranslation("isolation");
  const shared = useTranslation("shared").t;
  const known = mode as "default";
  if (mode === "own") return <Text fw={600}>{t("settings.own")}</Text>;
  return (
    <Text maw={760}>
      <strong>{shared(`isolation.mode.${known}`)}</strong> · {shared(`isolation.hint.${known}`)}
    </Text>
  );
}

interface SettingFactsProps {
  title: string;
  names: readonly SettingName[];
  isolation: Isolation;
}

function SettingFacts({ title, names, isolation }: SettingFactsProps) {
  const { t } = useTranslation("isolation");
  const settings = settingsOf(isolation);
  const shown = (value: Value | undefined) =>
    typeof value === "string" ? t(`method.${value as MethodName}`) : String(value).replace("-", "−");
  return (
    <div className={own.settings}>
      <h3>{title}</h3>
      <Facts of={names.map((name) => [t(`setting.${name}.name`), shown(settings[name])])} />
    </div>
  );
}
