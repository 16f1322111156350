/** What can be done with a sweep: stop it while it goes on, resume it, or give it more trials once it has finished. */
import { Button, Group, Modal, NumberInput, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded } from "@/api/jobs";
import { Failure } from "@/shared/parts/Notices";
import { type SweepDetail, useExtend, useSweepAction } from "./hooks";

const MOST_TRIALS = 1000;

export function SweepActions({ sweep }: { sweep: SweepDetail }) {
  const { t } = useTranslation("sweeps");
  const cancel = useSweepAction("/api/sweeps/{id}/cancel/");
  const resume = useSweepAction("/api/sweeps/{id}/resume/");
  const error = cancel.error ?? resume.error;
  return (
    <>
      {error && <Failure error={error} />}
      {sweep.state === "cancelled" || sweep.state === "failed" ? (
        <Button size="compact-sm" loading={resume.isPending} onClick={() => resume.mutate(sweep.id)}>
          {t("resume")}
        </Button>
      ) : hasEnded(sweep) ? (
        <MoreTrials sweep={sweep} />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(sweep.id)}
        >
          {t("cancel")}
        </Button>
      )}
    </>
  );
}

function MoreTrials({ sweep }: { sweep: SweepDetail }) {
  const { t } = useTranslation("sweeps");
  const [asked, question] = useDisclosure(false);
  const [trials, setTrials] = useState<number | string>(sweep.trials_wanted);
  const extend = useExtend(sweep.id);
  const most = MOST_TRIALS - sweep.trials_wanted;
  if (most < 1) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={question.open}>
        {t("extend.open")}
      </Button>
      <Modal opened={asked} onClose={question.close} title={t("extend.title")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            extend.mutate(Number(trials), { onSuccess: question.close });
          }}
        >
          <Text mb="md">{t("extend.why", { count: sweep.trials_wanted })}</Text>
          <NumberInput
            data-autofocus
            label={t("form.trials")}
            value={trials}
            min={1}
            max={most}
            allowDecimal={false}
            onChange={setTrials}
          />
          {extend.error && <Failure error={extend.error} />}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={question.close}>
              {t("action.close", { ns: "shared" })}
            </Button>
            <Button type="submit" disabled={!trials} loading={extend.isPending}>
              {t("extend.submit", { count: Number(trials) })}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
