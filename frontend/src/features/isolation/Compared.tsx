/** One rendition beside the clip that it was made from, with what its audit found, and a way to overrule it. */
import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { decimal } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure } from "@/shared/parts/Notices";
import { Said } from "@/shared/parts/Said";
import { type Rendition, useOverrule } from "./hooks";
import own from "./isolation.module.css";

type FigureName = keyof typeof import("./words/en").default.figure;

interface ComparedProps {
  rendition: Rendition;
  farOut: Schemas["Outlier"]["figures"];
  mayChange: boolean;
}

export function Compared({ rendition, farOut, mayChange }: ComparedProps) {
  const { t } = useTranslation("isolation");
  const ruling = rendition.overruling;
  const ends = Object.entries(farOut).map(
    ([name, value]) => `${t(`figure.${name as FigureName}`)} ${decimal(value, 2)}`,
  );
  return (
    <article className={own.compared} aria-label={`${rendition.video_id} / ${rendition.clip_id}`}>
      <header>
        <b>
          {rendition.video_id} / {rendition.clip_id}
        </b>
        <ModalityMark modality={rendition.modality} />
        {!rendition.passed && !ruling && mayChange && <Overrule rendition={rendition.id} />}
      </header>
      {rendition.audit.findings.map((finding) => (
        <Text key={finding.english} className={own.finding}>
          <Said of={finding} />
        </Text>
      ))}
      {ends.length > 0 && (
        <Text c="dimmed" size="sm">
          {t("outlierIn", { figures: ends.join(" · ") })}
        </Text>
      )}
      {rendition.audit.notes.map((note) => (
        <Text key={note.english} c="dimmed" size="sm">
          <Said of={note} />
        </Text>
      ))}
      {ruling && (
        <Text size="sm">{t("overruledBy", { name: ruling.made_by ?? "–", reason: ruling.reason })}</Text>
      )}
      {mayChange && <Players rendition={rendition} />}
    </article>
  );
}

/** Both files, unmuted and silent until somebody plays them; no words stand beside them, as annotators get none. */
function Players({ rendition }: { rendition: Rendition }) {
  const { t } = useTranslation("isolation");
  const Player = rendition.modality === "audio" ? "audio" : "video";
  return (
    <Group align="start" gap="md">
      {(["clean", "rendition"] as const).map((which) => (
        <figure key={which} className={own.player}>
          <figcaption>{t(which)}</figcaption>
          <Player
            controls
            preload="none"
            aria-label={t(which)}
            src={which === "clean" ? rendition.clip_url : rendition.media_url}
          />
        </figure>
      ))}
    </Group>
  );
}

function Overrule({ rendition }: { rendition: string }) {
  const { t } = useTranslation(["isolation", "shared"]);
  const [asking, ask] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const overrule = useOverrule();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    overrule.mutate({ id: rendition, reason }, { onSuccess: ask.close });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={ask.open}>
        {t("overrule")}
      </Button>
      <Modal opened={asking} onClose={ask.close} title={t("overruleTitle")}>
        <form onSubmit={submit}>
          <Stack>
            <Text>{t("overruleWhy")}</Text>
            <Textarea
              data-autofocus
              required
              label={t("reason")}
              maxLength={1000}
              autosize
              minRows={3}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {overrule.error && <Failure error={overrule.error} />}
            <Button type="submit" loading={overrule.isPending}>
              {t("overrule").replace("…", "")}
            </Button>
            <Button variant="default" onClick={ask.close}>
              {t("shared:action.cancel")}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
