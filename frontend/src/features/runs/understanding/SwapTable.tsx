/** The words as recorded, then each donor with its player and what becomes of the words with its voice and face. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LabelChip } from "@/shared/parts/Marks";
import { Scroll } from "@/shared/parts/Scroll";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Lender, Swaps } from "./hooks";
import { LENT } from "./swapOption";
import look from "./understanding.module.css";

export function SwapTable({ swaps, task }: { swaps: Swaps; task: Modality }) {
  const { t } = useTranslation("runs");
  return (
    <Scroll minWidth={520}>
      <Table className={look.swaps}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("clips.clip")}</Table.Th>
            <Table.Th>{t("clips.label")}</Table.Th>
            {LENT.map((lent) => (
              <Table.Th key={lent}>{t(`swap.${lent}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr className={look.own}>
            <ClipCells clip={swaps.words} task={task} says={t("swap.wordsOf")} />
            <Table.Td colSpan={LENT.length}>
              <LabelChip value={swaps.own[task]} digits={2} /> {t("swap.recorded")}
            </Table.Td>
          </Table.Tr>
          {swaps.swapped.map((each) => (
            <Table.Tr key={each.donor.clip}>
              <ClipCells clip={each.donor} task={task} says={t("swap.donorOf")} />
              {LENT.map((lent) => (
                <Table.Td key={lent}>
                  <LabelChip value={each[lent][task]} digits={2} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function ClipCells({ clip, task, says }: { clip: Lender; task: Modality; says: string }) {
  return (
    <>
      <Table.Td>
        <div className={look.lender}>
          {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands beside it as text */}
          <video src={clip.media_url} poster={clip.thumbnail_url} controls preload="none" width={176} />
          <div>
            <Text size="xs" c="dimmed">
              {says} · {clip.video_id} / {clip.clip_id}
            </Text>
            <Text>{clip.transcript}</Text>
          </div>
        </div>
      </Table.Td>
      <Table.Td>
        <LabelChip value={clip.label[task]} />
      </Table.Td>
    </>
  );
}
