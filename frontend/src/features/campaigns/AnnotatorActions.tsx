/** What an admin may do about one annotator: pause, exclude, replace, take back; each with a reason that is kept. */
import { ActionIcon, Alert, Button, Menu, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import { type Progress, useChangeAnnotator, useReplaceAnnotator } from "./hooks";

type Act = "pause" | "exclude" | "replace" | "back";

const POSSIBLE: Record<Progress["state"], readonly Act[]> = {
  active: ["pause", "exclude", "replace"],
  paused: ["back", "exclude", "replace"],
  excluded: ["back"],
  joining: [],
};

export function AnnotatorActions({ campaign, member }: { campaign: string; member: Progress }) {
  const { t } = useTranslation("campaigns");
  const [act, choose] = useState<Act | null>(null);
  if (POSSIBLE[member.state].length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("people.change", { who: member.annotator })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {POSSIBLE[member.state].map((one) => (
            <Menu.Item key={one} onClick={() => choose(one)}>
              {t(`people.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={act !== null}
        onClose={() => choose(null)}
        title={act && `${t(`people.${act}`)}: ${member.annotator}`}
      >
        {act === "replace" && <ReplaceForm campaign={campaign} member={member} />}
        {act && act !== "replace" && (
          <ChangeForm campaign={campaign} member={member} act={act} onDone={() => choose(null)} />
        )}
      </Modal>
    </>
  );
}

const STATES = { pause: "paused", exclude: "excluded", back: "active" } as const;

interface ChangeFormProps {
  campaign: string;
  member: Progress;
  act: keyof typeof STATES;
  onDone: () => void;
}

function ChangeForm({ campaign, member, act, onDone }: ChangeFormProps) {
  const { t } = useTranslation("campaigns");
  const change = useChangeAnnotator(campaign, member.pseudonym);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ state: STATES[act], reason }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{t(`people.${act}Why`)}</Text>
        <Reason value={reason} onChange={setReason} />
        {change.error && <Failure error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {t(`people.${act}`)}
        </Button>
      </Stack>
    </form>
  );
}

function ReplaceForm({ campaign, member }: { campaign: string; member: Progress }) {
  const { t } = useTranslation("campaigns");
  const replace = useReplaceAnnotator(campaign, member.pseudonym);
  const [username, setUsername] = useState("");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    replace.mutate({ username, reason });
  };
  if (replace.data)
    return (
      <Alert variant="light" role="status">
        {t("people.replaced")}
        <FollowedJob id={replace.data.job.id} />
        {replace.data.new_accounts.map((account) => (
          <div key={account.username}>
            {t("form.accounts")} {account.username} <code>{account.password}</code>
          </div>
        ))}
      </Alert>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{t("people.replaceWhy")}</Text>
        <TextInput
          data-autofocus
          label={t("form.username")}
          required
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <Reason value={reason} onChange={setReason} />
        {replace.error && <Failure error={replace.error} />}
        <Button type="submit" loading={replace.isPending}>
          {t("people.replace")}
        </Button>
      </Stack>
    </form>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation("campaigns");
  return (
    <Textarea
      label={t("people.reason")}
      required
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
