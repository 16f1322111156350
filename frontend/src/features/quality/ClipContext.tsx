/** What else is known of a contested clip: what annotators said, what they perceived, what score it is held to have. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ModalityMark, ScoreChip } from "@/shared/parts/Marks";
import { Section } from "@/shared/parts/Page";
import { Said } from "@/shared/parts/Said";
import type { ContestedClipDetail } from "./contestedHooks";
import look from "./quality.module.css";

interface ClipContextProps {
  clip: ContestedClipDetail;
  /** Files are played to admins alone. */
  mayPlay: boolean;
}

export function ClipContext({ clip, mayPlay }: ClipContextProps) {
  return (
    <>
      <Told told={clip.told} />
      <Held references={clip.references} />
      <Perceived renditions={clip.renditions} mayPlay={mayPlay} />
    </>
  );
}

function Told({ told }: { told: ContestedClipDetail["told"] }) {
  const { t } = useTranslation("quality");
  if (told.length === 0) return null;
  return (
    <Section title={t("context.told")}>
      {told.map((one) => (
        <Text key={`${one.annotator} ${one.modality} ${one.comment}`}>
          <ModalityMark modality={one.modality} /> {one.annotator}:{" "}
          {[one.reason && t(`context.reason.${one.reason as Reason}`), one.comment]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      ))}
    </Section>
  );
}

type Reason = keyof typeof import("./words/en").default.context.reason;
type Use = keyof typeof import("./words/en").default.context.use;

function Held({ references }: { references: ContestedClipDetail["references"] }) {
  const { t } = useTranslation("quality");
  if (references.length === 0) return null;
  return (
    <Section title={t("context.held")}>
      {references.map((one) => (
        <Text key={one.modality}>
          <ModalityMark modality={one.modality} /> <ScoreChip score={one.score} />{" "}
          {t(`context.use.${one.use as Use}`)}
          {": "}
          {one.reason}
        </Text>
      ))}
    </Section>
  );
}

interface PerceivedProps {
  renditions: ContestedClipDetail["renditions"];
  mayPlay: boolean;
}

function Perceived({ renditions, mayPlay }: PerceivedProps) {
  const { t } = useTranslation("quality");
  if (renditions.length === 0) return null;
  return (
    <Section title={t("context.perceived")}>
      <div className={look.files}>
        {renditions.map((one) => (
          <figure key={one.modality}>
            <figcaption>
              <ModalityMark modality={one.modality} />{" "}
              <span className={look.quiet}>
                {t(one.passed ? "context.passed" : one.overruled ? "context.overruled" : "context.withheld")}
              </span>
            </figcaption>
            {mayPlay && <PlayedFile file={one} />}
            {one.findings.map((finding) => (
              <Text key={finding.english} size="sm">
                <Said of={finding} />
              </Text>
            ))}
            {one.overruled && <Text size="sm">{one.overruled}</Text>}
          </figure>
        ))}
      </div>
    </Section>
  );
}

function PlayedFile({ file }: { file: ContestedClipDetail["renditions"][number] }) {
  // biome-ignore lint/a11y/useMediaCaption: the transcript stands on the same page
  if (file.modality === "audio") return <audio src={file.media_url} controls preload="none" />;
  // biome-ignore lint/a11y/useMediaCaption: the transcript stands on the same page
  return <video src={file.media_url} controls playsInline preload="none" />;
}
