/** Clips in rows: thumbnail, words, who and where, and the four labels. */
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Scroll } from "@/shared/parts/Scroll";
import { MODALITIES } from "@/shared/vocabulary/modality";
import own from "../datasets.module.css";
import type { Clip } from "./hooks";

type Row = Pick<Clip, "id" | "video_id" | "clip_id" | "transcript" | "seconds" | "thumbnail_url" | "labels"> &
  Partial<Pick<Clip, "speaker" | "scenario" | "supervised">>;

export function ClipTable({ clips, onOpen }: { clips: readonly Row[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation("datasets");
  return (
    <Scroll>
      <Table highlightOnHover verticalSpacing={4} className={own.clips}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("clips.clip")}</Table.Th>
            <Table.Th>{t("clips.transcript")}</Table.Th>
            <Table.Th className={own.wide}>{t("clips.speaker")}</Table.Th>
            <Table.Th className={own.wide}>{t("clips.scenario")}</Table.Th>
            <Table.Th ta="right" className={own.roomy}>
              {t("clips.seconds")}
            </Table.Th>
            {MODALITIES.map((modality) => (
              <Table.Th
                key={modality}
                ta="center"
                className={modality === "multimodal" ? undefined : own.roomy}
              >
                <ModalityMark modality={modality} bare />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clips.map((clip) => (
            <ClipRow key={clip.id} clip={clip} onOpen={() => onOpen(clip.id)} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function ClipRow({ clip, onOpen }: { clip: Row; onOpen: () => void }) {
  const { t } = useTranslation("datasets");
  const name = `${clip.video_id} / ${clip.clip_id}`;
  return (
    <Table.Tr onClick={onOpen} style={{ cursor: "pointer" }}>
      <Table.Td>
        <button type="button" className={own.thumbnail} aria-label={t("clips.preview", { clip: name })}>
          {clip.thumbnail_url && (
            <img src={clip.thumbnail_url} alt="" width={80} height={45} loading="lazy" />
          )}
          <span>{name}</span>
        </button>
      </Table.Td>
      <Table.Td className={own.transcript} lang="zh-CN">
        {clip.transcript}{" "}
        {clip.supervised === false && <span className={own.note}>{t("clips.unsupervised")}</span>}
      </Table.Td>
      <Table.Td className={own.wide}>{clip.speaker}</Table.Td>
      <Table.Td className={own.wide}>{clip.scenario}</Table.Td>
      <Table.Td ta="right" className={own.roomy}>
        {decimal(clip.seconds || null, 1)}
      </Table.Td>
      {MODALITIES.map((modality) => (
        <Table.Td key={modality} ta="center" className={modality === "multimodal" ? undefined : own.roomy}>
          <LabelChip value={clip.labels[modality]} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
