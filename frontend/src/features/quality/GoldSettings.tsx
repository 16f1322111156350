/** How far from its reference a gold clip's score may be, and whether gold clips get labels. */
import { Button, Modal, NumberInput, Stack, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import { type Quality, useChangeGold } from "./hooks";

type Settings = Quality["gold_settings"];
const WIDEST = 6;

export function GoldSettings({ campaign, settings }: { campaign: string; settings: Settings }) {
  const { t } = useTranslation("quality");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {t("gold.change")}
      </Button>
      <Modal opened={opened} onClose={close} title={t("gold.title")}>
        <GoldForm campaign={campaign} settings={settings} onDone={close} />
      </Modal>
    </>
  );
}

interface GoldFormProps {
  campaign: string;
  settings: Settings;
  onDone: () => void;
}

function GoldForm({ campaign, settings, onDone }: GoldFormProps) {
  const { t } = useTranslation("quality");
  const change = useChangeGold(campaign);
  const [tolerance, setTolerance] = useState(settings.tolerance);
  const [counts, setCounts] = useState(settings.counts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ tolerance, counts }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <NumberInput
          data-autofocus
          label={t("gold.tolerance")}
          description={t("gold.toleranceHint")}
          min={0}
          max={WIDEST}
          allowDecimal={false}
          value={tolerance}
          onChange={(value) => setTolerance(Number(value))}
        />
        <Switch
          label={t("gold.counts")}
          description={t("gold.countsHint")}
          checked={counts}
          onChange={(event) => setCounts(event.currentTarget.checked)}
        />
        {change.error && <Failure error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {t("action.save", { ns: "shared" })}
        </Button>
      </Stack>
    </form>
  );
}
