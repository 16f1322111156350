/** Settle one label by decision: which, its value on the grid, and why. */
import { Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { isModality, MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { type ContestedClipDetail, useDecide } from "./contestedHooks";

/** Labels lie on a grid of fifths; the server takes them as these whole numbers. */
const FIFTHS = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];

export function DecisionForm({ campaign, clip }: { campaign: string; clip: ContestedClipDetail }) {
  const { t } = useTranslation(["quality", "shared"]);
  const decide = useDecide(campaign, clip.clip);
  const [modality, setModality] = useState<Modality>(widestOf(clip));
  const [fifths, setFifths] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fifths !== null) decide.mutate({ modality, fifths, reason }, { onSuccess: () => setReason("") });
  };
  return (
    <Section title={t("decision.title")}>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <Text c="dimmed">{t("decision.hint")}</Text>
          <Group grow>
            <Select
              label={t("stage")}
              allowDeselect={false}
              data={MODALITIES.map((value) => ({ value, label: t(`shared:modality.${value}`) }))}
              value={modality}
              onChange={(value) => isModality(value ?? "") && setModality(value as Modality)}
            />
            <Select
              label={t("contested.label")}
              required
              data={FIFTHS.map((value) => ({ value: String(value), label: signed(value / 5) }))}
              value={fifths === null ? null : String(fifths)}
              onChange={(value) => setFifths(value === null ? null : Number(value))}
            />
          </Group>
          <Textarea
            label={t("decision.reason")}
            required
            maxLength={2000}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {decide.error && <Failure error={decide.error} />}
          <Button type="submit" loading={decide.isPending} disabled={fifths === null || !reason.trim()}>
            {t("decision.submit")}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

/** The modality that the scores lie farthest apart in: most likely the one to decide. */
function widestOf(clip: ContestedClipDetail): Modality {
  const ranked = [...clip.modalities].sort((one, other) => (other.spread ?? 0) - (one.spread ?? 0));
  return ranked[0]?.modality ?? "multimodal";
}
