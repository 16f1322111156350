/** Make a project by hand: a name, and what is collected in it. */
import { Button, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useMakeProject } from "@/api/projects";
import { Failure } from "@/shared/parts/Notices";

export function MakeProject({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("projects");
  const make = useMakeProject();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(
      { name, description },
      { onSuccess: (project) => void navigate(`/projects/${project.id}/clips`) },
    );
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t("make.title")}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={t("make.name")}
            description={t("make.nameHint")}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t("make.description")}
            autosize
            minRows={2}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {make.error && <Failure error={make.error} />}
          <Button type="submit" loading={make.isPending}>
            {t("make.submit")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
