/** Annotators by stages, each with a bar. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { ModalityMark, SimulatedMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import look from "@/shared/parts/parts.module.css";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { AnnotatorActions } from "./AnnotatorActions";
import own from "./campaigns.module.css";
import type { CampaignDetail } from "./hooks";

interface ProgressTableProps {
  campaign: CampaignDetail;
  mayChange: boolean;
}

export function ProgressTable({ campaign, mayChange }: ProgressTableProps) {
  const { t } = useTranslation("campaigns");
  return (
    <Section title={t("progress")}>
      <Scroll>
        <Table miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("annotator")}</Table.Th>
              {MODALITIES.map((modality) => (
                <Table.Th key={modality}>
                  <ModalityMark modality={modality} />
                </Table.Th>
              ))}
              {mayChange && <Table.Th aria-label={t("people.actions")} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {campaign.progress.map((row) => (
              <Table.Tr key={row.pseudonym}>
                <Table.Td>
                  <span className={own.person}>
                    {row.annotator} <span className={own.pseudonym}>{row.pseudonym}</span>
                    {row.simulated && <SimulatedMark />}
                    {row.state !== "active" && (
                      <span className={own.state} data-state={row.state} title={row.reason}>
                        {t(`people.state.${row.state}`)}
                      </span>
                    )}
                  </span>
                </Table.Td>
                {MODALITIES.map((modality) => (
                  <Table.Td key={modality}>
                    <StageBar modality={modality} who={row.annotator} {...row.stages[modality]} />
                  </Table.Td>
                ))}
                {mayChange && (
                  <Table.Td>
                    <AnnotatorActions campaign={campaign.id} member={row} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}

function StageBar({
  modality,
  who,
  done,
  total,
}: {
  modality: Modality;
  who: string;
  done: number;
  total: number;
}) {
  const { t } = useTranslation();
  return (
    <div className={own.stage}>
      <progress
        className={look.bar}
        value={done}
        max={Math.max(1, total)}
        aria-label={`${who}, ${t(`modality.${modality}`)}`}
        style={{ color: `var(--modality-${modality})` }}
      />
      <span>
        {whole(done)} / {whole(total)}
      </span>
    </div>
  );
}
