/** Start a campaign: who rates, in what batches; new accounts are shown this once. */
import { Alert, Button, Modal, NumberInput, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "@/api/client";
import { type IsolationMode, ModeSelect } from "@/shared/isolation/ModeSelect";
import { Failure } from "@/shared/parts/Notices";
import { useCreateCampaign } from "./hooks";
import { namesIn } from "./names";

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
      {create.data ? <Created campaign={create.data} /> : <CreateForm project={project} create={create} />}
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
          withAsterisk={false}
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

function Created({ campaign }: { campaign: Schemas["CreatedCampaign"] }) {
  const { t } = useTranslation("campaigns");
  return (
    <Stack>
      {campaign.new_accounts.length > 0 && (
        <>
          <Alert variant="light">{t("form.accounts")}</Alert>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("form.username")}</Table.Th>
                <Table.Th>{t("form.password")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {campaign.new_accounts.map(({ username, password }) => (
                <Table.Tr key={username}>
                  <Table.Td>{username}</Table.Td>
                  <Table.Td>
                    <code>{password}</code>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      <Button component={Link} to={`/projects/${campaign.project}/campaigns/${campaign.id}`}>
        {t("form.go")}
      </Button>
    </Stack>
  );
}
