/** The clips whose modalities disagree most, each with its player. */
import { Table, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { decimal } from "@/shared/format";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { ClipDrawer } from "../clips/ClipDrawer";

export function Disagreeing({ clips }: { clips: readonly Schemas["DisagreeingClip"][] }) {
  const { t } = useTranslation("versions");
  const [shown, setShown] = useState<string | null>(null);
  return (
    <Section title={t("figures.disagreeing")}>
      {clips.length === 0 ? (
        <Text c="dimmed">{t("figures.noneDisagree")}</Text>
      ) : (
        <Scroll>
          <Table miw={720} highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("changes.clip")}</Table.Th>
                {MODALITIES.map((modality) => (
                  <Table.Th key={modality}>
                    <ModalityMark modality={modality} />
                  </Table.Th>
                ))}
                <Table.Th ta="right">{t("figures.spread")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {clips.map((one) => (
                <Table.Tr key={one.clip}>
                  <Table.Td>
                    <UnstyledButton fz="sm" onClick={() => one.id && setShown(one.id)}>
                      {one.transcript}
                      <Text size="xs" c="dimmed">
                        {one.clip}
                      </Text>
                    </UnstyledButton>
                  </Table.Td>
                  {MODALITIES.map((modality) => (
                    <Table.Td key={modality}>
                      <LabelChip value={one.labels[modality]} />
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">{decimal(one.spread, 1)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      <ClipDrawer id={shown} onClose={() => setShown(null)} />
    </Section>
  );
}
