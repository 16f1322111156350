/** One clip: its player, its words, its labels. */
import { Drawer } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Facts } from "@/shared/parts/Facts";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { MODALITIES } from "@/shared/vocabulary/modality";
import own from "../datasets.module.css";
import { useClip } from "./hooks";

export function ClipDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation("datasets");
  return (
    <Drawer opened={id !== null} onClose={onClose} title={t("clips.clip")} size={480}>
      {id && <ClipPreview id={id} />}
    </Drawer>
  );
}

function ClipPreview({ id }: { id: string }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const query = useClip(id);
  return (
    <Loaded query={query}>
      {(clip) => (
        <>
          {/* biome-ignore lint/a11y/useMediaCaption: the transcript stands right below */}
          <video
            src={clip.media_url}
            controls
            autoPlay
            playsInline
            className={own.player}
            style={{ aspectRatio: `${clip.width} / ${clip.height}` }}
          />
          <p className={own.words} lang="zh-CN">
            {clip.transcript}
          </p>
          <Facts
            of={MODALITIES.map(
              (modality) =>
                [
                  <ModalityMark key={modality} modality={modality} />,
                  <LabelChip key="label" value={clip.labels[modality]} />,
                ] as const,
            )}
          />
          <hr className={own.rule} />
          <Facts
            of={[
              [t("clips.clip"), `${clip.video_id} / ${clip.clip_id}`],
              [t("clips.seconds"), clip.seconds.toFixed(2)],
              [t("clips.speaker"), clip.speaker || "–"],
              [t("clips.scenario"), clip.scenario || "–"],
              [t("clips.size"), `${clip.width} × ${clip.height}, ${clip.frame_rate.toFixed(2)}/s`],
              [
                t("clips.span"),
                clip.start == null || clip.end == null
                  ? "–"
                  : `${clip.start.toFixed(2)} – ${clip.end.toFixed(2)}`,
              ],
              [t("clips.supervised"), t(clip.supervised ? "shared:yes" : "shared:no")],
            ]}
          />
          <p className={own.digest}>
            {t("clips.digest")} <code>{clip.sha256}</code>
          </p>
        </>
      )}
    </Loaded>
  );
}
