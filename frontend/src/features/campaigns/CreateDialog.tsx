/** Start a campaign: who rates, in what batches; new accounts are shown this once. */
import { Button, Modal, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Schemas } from "@/api/client";
import { useJob } from "@/api/jobs";
import { type IsolationMode, ModeSelect } from "@/shared/isolation/ModeSelect";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import { useCreateCampaign } from "./hooks";
import { namesIn } from "./names";
import { Passwords } from "./Passwords";

/** Of a stage's clips, shown a second time. */
const REPEATS = 5;
const MOST_REPEATS = 50;

interface CreateDialogProps {
  project: string;
  opened: boolean;
  onClose: () => void;
}

export function CreateDialog({ project, opened, onClose }: CreateDialogProps) {
  const { t } = useTranslation("campaigns");
  const create = useCreateCampaign();
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t("create")} size="lg" closeOnClickOutside={!create.data}>
      {create.data ? (
        <Created campaign={create.data} project={project} />
      ) : (
        <CreateForm project={project} create={create} />
      )}
    </Modal>
  );
}

function CreateForm({ project, create }: { project: string; create: ReturnType<typeof useCreateCampaign> }) {
  const { t } = useTranslation("campaigns");
  const [name, setName] = useState("");
  const [annotators, setAnnotators] = useState("");
  const [batch, setBatch] = useState<number | null>(null);
  const [repeats, setRepeats] = useState(REPEATS);
  const [isolation, setIsolation] = useState<IsolationMode>("default");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      project,
      name,
      annotators: namesIn(annotators),
      batch_size: batch,
      clips: "supervised",
      seed: 1111,
      repeats: repeats / 100,
      isolation,
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{t("form.clips")}</Text>
        <TextInput
          data-autofocus
          label={t("form.name")}
          description={t("form.nameHint")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t("form.annotators")}
          description={t("form.annotatorsHint")}
          required
          autosize
          minRows={7}
          spellCheck={false}
          value={annotators}
          onChange={(event) => setAnnotators(event.currentTarget.value)}
        />
        <NumberInput
          label={t("form.batch")}
          description={t("form.batchHint")}
          min={1}
          allowDecimal={false}
          value={batch ?? ""}
          onChange={(value) => setBatch(typeof value === "number" ? value : null)}
        />
        <NumberInput
          label={t("form.repeats")}
          description={t("form.repeatsHint")}
          min={0}
          max={MOST_REPEATS}
          suffix=" %"
          value={repeats}
          onChange={(value) => setRepeats(typeof value === "number" ? value : 0)}
        />
        <ModeSelect value={isolation} onChange={setIsolation} />
        {create.error && <Failure error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          {t("form.submit")}
        </Button>
      </Stack>
    </form>
  );
}

/** Opens the campaign as soon as it is made, unless there are passwords to be read first. */
function Created({ campaign, project }: { campaign: Schemas["RequestedCampaign"]; project: string }) {
  const { t } = useTranslation("campaigns");
  const queries = useQueryClient();
  const go = useNavigate();
  const state = useJob(campaign.job.id).data?.state ?? campaign.job.state;
  const address = `/projects/${project}/campaigns/${campaign.campaign}`;
  const made = state === "succeeded";
  const hasPasswords = campaign.new_accounts.length > 0;
  useEffect(() => {
    if (!made) return;
    void queries.invalidateQueries({ queryKey: ["campaigns"] });
    if (!hasPasswords) void go(address);
  }, [made, hasPasswords, address, go, queries]);
  return (
    <Stack>
      {hasPasswords && <Passwords accounts={campaign.new_accounts} />}
      {made ? (
        <Button component={Link} to={address}>
          {t("form.go")}
        </Button>
      ) : (
        <FollowedJob id={campaign.job.id} />
      )}
    </Stack>
  );
}
