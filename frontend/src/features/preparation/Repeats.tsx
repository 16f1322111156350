/** How many clips come a second time, to be changed in all stages that nobody has begun. */
import { Button, NumberInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { type Preparation, useChangeRepeats } from "./hooks";

interface RepeatsProps {
  campaign: string;
  preparation: Preparation;
  mayChange: boolean;
}

const MOST = 50;

export function Repeats({ campaign, preparation, mayChange }: RepeatsProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const change = useChangeRepeats(campaign);
  const [percent, setPercent] = useState<number | string>(Number((100 * preparation.repeats).toFixed(2)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ share: Number(percent) / 100 });
  };
  return (
    <Section title={t("repeats.title")}>
      <form onSubmit={submit}>
        <Stack align="flex-start">
          <NumberInput
            label={t("repeats.share")}
            description={t("repeats.hint")}
            suffix=" %"
            min={0}
            max={MOST}
            decimalScale={2}
            disabled={!mayChange}
            value={percent}
            onChange={setPercent}
          />
          <Text size="sm">
            {t("repeats.rule", { count: preparation.stages_unbegun, begun: preparation.stages_begun })}
          </Text>
          {change.error && <Failure error={change.error} />}
          {change.data && <FollowedJob id={change.data.id} mayAct={mayChange} />}
          {mayChange && (
            <Button type="submit" variant="default" loading={change.isPending} disabled={percent === ""}>
              {t("repeats.save")}
            </Button>
          )}
        </Stack>
      </form>
    </Section>
  );
}
