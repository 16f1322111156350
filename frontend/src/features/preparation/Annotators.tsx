/** How far every annotator is with what comes before the stages, and letting one in. */
import { Button, Modal, Stack, Table, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { decimal, moment } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { type Preparation, type Readiness, useLetIn } from "./hooks";
import own from "./preparation.module.css";

interface AnnotatorsProps {
  campaign: string;
  preparation: Preparation;
  mayChange: boolean;
}

export function Annotators({ campaign, preparation, mayChange }: AnnotatorsProps) {
  const { t } = useTranslation("preparation");
  return (
    <Section title={t("people.title")}>
      <Text c="dimmed">{t("people.hint")}</Text>
      <Scroll>
        <Table mt="sm" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("flags.annotator")}</Table.Th>
              {MODALITIES.map((modality) => (
                <Table.Th key={modality}>
                  <ModalityMark modality={modality} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preparation.annotators.map((person) => (
              <Table.Tr key={person.pseudonym}>
                <Table.Td>
                  {person.annotator} ({person.pseudonym})
                </Table.Td>
                {MODALITIES.map((modality) => (
                  <Table.Td key={modality} className={own.readiness}>
                    <Stands
                      readiness={person.stages[modality]}
                      calibrated={preparation.calibration[modality] != null}
                    />
                    {mayChange &&
                      preparation.calibration[modality] != null &&
                      !person.stages[modality].admitted && (
                        <LetIn campaign={campaign} who={person} modality={modality} />
                      )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}

function Stands({ readiness, calibrated }: { readiness: Readiness; calibrated: boolean }) {
  const { t, i18n } = useTranslation("preparation");
  const { admission, admitted, distances, check } = readiness;
  const rounds = distances.map((distance) => decimal(distance, 1)).join(", ");
  return (
    <>
      {admission ? (
        <div>{t("people.letIn", { reason: admission.reason, who: admission.made_by ?? "–" })}</div>
      ) : (
        (calibrated || rounds) && (
          <div>
            {t(admitted ? "people.passed" : "people.waiting")}
            {rounds && ` (${rounds})`}
          </div>
        )
      )}
      {check && (
        <div className={check.passed ? undefined : own.warning}>
          {t(check.passed ? "people.checked" : "people.skipped", {
            when: moment(check.made_at, i18n.language),
          })}
        </div>
      )}
    </>
  );
}

interface LetInProps {
  campaign: string;
  who: Preparation["annotators"][number];
  modality: Modality;
}

function LetIn({ campaign, who, modality }: LetInProps) {
  const { t } = useTranslation(["preparation", "shared"]);
  const letIn = useLetIn(campaign, who.pseudonym);
  const [asking, ask] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const title = `${t("people.open")}: ${who.annotator}, ${t(`shared:modality.${modality}`)}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    letIn.mutate({ modality, reason }, { onSuccess: ask.close });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" aria-label={title} onClick={ask.open}>
        {t("people.open")}
      </Button>
      <Modal opened={asking} onClose={ask.close} title={title}>
        <form onSubmit={submit}>
          <Stack>
            <Textarea
              data-autofocus
              label={t("people.reason")}
              required
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {letIn.error && <Failure error={letIn.error} />}
            <Button type="submit" loading={letIn.isPending}>
              {t("people.open")}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
