/** Ask an eighth and a ninth person about the most contested clips. */
import { Alert, Button, Modal, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import { type ContestedClip, useAskMore } from "./contestedHooks";

const FIRST = 10;

interface AskMoreProps {
  campaign: string;
  clips: ContestedClip[];
}

export function AskMore({ campaign, clips }: AskMoreProps) {
  const { t } = useTranslation("quality");
  const [opened, { open, close }] = useDisclosure(false);
  const ask = useAskMore(campaign);
  return (
    <>
      <Button variant="default" mb="sm" onClick={open}>
        {t("more.title")}…
      </Button>
      <Modal opened={opened} onClose={close} title={t("more.title")}>
        {ask.data ? <Asked of={ask.data} /> : <AskForm ask={ask} clips={clips} />}
      </Modal>
    </>
  );
}

type Ask = ReturnType<typeof useAskMore>;

function AskForm({ ask, clips }: { ask: Ask; clips: ContestedClip[] }) {
  const { t } = useTranslation("quality");
  const [names, setNames] = useState("");
  const [count, setCount] = useState(Math.min(FIRST, clips.length));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const usernames = names.split(/[\s,，、]+/).filter(Boolean);
    ask.mutate({ usernames, clips: clips.slice(0, count).map((one) => one.clip) });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{t("more.hint")}</Text>
        <TextInput
          data-autofocus
          label={t("more.names")}
          required
          value={names}
          onChange={(event) => setNames(event.currentTarget.value)}
        />
        <NumberInput
          label={t("more.count")}
          min={1}
          max={clips.length}
          allowDecimal={false}
          value={count}
          onChange={(value) => typeof value === "number" && setCount(value)}
        />
        {ask.error && <Failure error={ask.error} />}
        <Button type="submit" loading={ask.isPending}>
          {t("more.submit")}
        </Button>
      </Stack>
    </form>
  );
}

function Asked({ of: { job, new_accounts } }: { of: NonNullable<Ask["data"]> }) {
  const { t } = useTranslation("quality");
  return (
    <Alert variant="light" role="status">
      {t("more.done")}
      <FollowedJob id={job.id} />
      {new_accounts.map(({ username, password }) => (
        <div key={username}>
          {username} <code>{password}</code>
        </div>
      ))}
    </Alert>
  );
}
