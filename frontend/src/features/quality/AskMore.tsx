/** Ask an eighth and a ninth person about the most contested clips. */
import { Alert, Button, Group, NumberInput, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { type ContestedClip, useAskMore } from "./contestedHooks";

const FIRST = 10;

export function AskMore({ campaign, clips }: { campaign: string; clips: ContestedClip[] }) {
  const { t } = useTranslation("quality");
  const ask = useAskMore(campaign);
  const [names, setNames] = useState("");
  const [count, setCount] = useState(Math.min(FIRST, clips.length));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const usernames = names.split(/[\s,，、]+/).filter(Boolean);
    ask.mutate({ usernames, clips: clips.slice(0, count).map((one) => one.clip) });
  };
  return (
    <Section title={t("more.title")}>
      <Text c="dimmed" mb="xs">
        {t("more.hint")}
      </Text>
      <form onSubmit={submit}>
        <Group align="end">
          <TextInput
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
            w={160}
            value={count}
            onChange={(value) => typeof value === "number" && setCount(value)}
          />
          <Button type="submit" variant="default" loading={ask.isPending}>
            {t("more.submit")}
          </Button>
        </Group>
      </form>
      {ask.error && <Failure error={ask.error} />}
      {ask.data && (
        <Alert variant="light" mt="sm" role="status">
          {t("more.done")}
          <FollowedJob id={ask.data.job.id} />
          {ask.data.new_accounts.map((account) => (
            <div key={account.username}>
              {account.username} <code>{account.password}</code>
            </div>
          ))}
        </Alert>
      )}
    </Section>
  );
}
