/** Give a clip its score, for a use, with the reason; asks once more where annotators rate the clip themselves. */
import { Alert, Button, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { signed } from "@/shared/format";
import { Failure } from "@/shared/parts/Notices";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { SCORES } from "@/shared/vocabulary/scale";
import { type Use, useClipSearch, useSetReference } from "./hooks";

interface DialogProps {
  use: Use;
  /** The stage that stands in the form at first. */
  first: Modality;
  project: string;
  campaign: string;
  opened: boolean;
  onClose: () => void;
}

export function ReferenceDialog(props: DialogProps) {
  const { t } = useTranslation("preparation");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t(`references.add.${props.use}`)}>
      <ReferenceForm {...props} />
    </Modal>
  );
}

function ReferenceForm({ use, first, project, campaign, onClose }: DialogProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const set = useSetReference(campaign);
  const [clip, setClip] = useState<string | null>(null);
  const [modality, setModality] = useState<Modality>(first);
  const [score, setScore] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const isRated = set.error instanceof ApiError && set.error.code === "clip_is_rated";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!clip || score === null) return;
    const body = { clip, modality, use, score: Number(score), reason, although_rated: isRated };
    set.mutate(body, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ClipSelect
          project={project}
          value={clip}
          onChange={(value) => {
            set.reset();
            setClip(value);
          }}
        />
        <Select
          label={t("references.stage")}
          allowDeselect={false}
          value={modality}
          onChange={(value) => value && setModality(value)}
          data={MODALITIES.map((value) => ({ value, label: t(`shared:modality.${value}`) }))}
        />
        <Select
          label={t("references.score")}
          required
          value={score}
          onChange={setScore}
          data={SCORES.map((value) => ({
            value: String(value),
            label: `${signed(value, 0)} ${t(`shared:score.${value}`)}`,
          }))}
        />
        <Textarea
          label={t("references.why")}
          description={t(`references.whyHint.${use}`)}
          required
          maxLength={2000}
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {isRated && (
          <Alert color="yellow" variant="light" role="alert">
            <Text>{t("references.rated")}</Text>
          </Alert>
        )}
        {set.error && !isRated && <Failure error={set.error} />}
        <Button type="submit" loading={set.isPending} disabled={!clip || score === null}>
          {t(isRated ? "references.allTheSame" : `references.add.${use}`)}
        </Button>
      </Stack>
    </form>
  );
}

interface ClipSelectProps {
  project: string;
  value: string | null;
  onChange: (clip: string | null) => void;
}

function ClipSelect({ project, value, onChange }: ClipSelectProps) {
  const { t } = useTranslation("preparation");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search, 200);
  // Once one is chosen, its own name stands in the field and is nothing to search for.
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const found = useClipSearch(project, wanted === chosen?.label ? "" : wanted).data?.results ?? [];
  const options = found.map(({ id, video_id, clip_id, transcript }) => ({
    value: id,
    label: `${video_id} / ${clip_id} ${transcript}`,
  }));
  if (chosen && !options.some((one) => one.value === chosen.value)) options.unshift(chosen);
  return (
    <Select
      data-autofocus
      label={t("references.clip")}
      placeholder={t("references.search")}
      nothingFoundMessage={t("references.nothingFound")}
      searchable
      // The list itself scrolls, which its field's arrow keys do.
      withScrollArea={false}
      styles={{ options: { maxHeight: 220, overflowY: "auto" } }}
      // The server has searched already.
      filter={({ options: all }) => all}
      searchValue={search}
      onSearchChange={setSearch}
      value={value}
      onChange={(next, option) => {
        setChosen(next && option ? { value: next, label: option.label } : null);
        onChange(next);
      }}
      data={options}
    />
  );
}
