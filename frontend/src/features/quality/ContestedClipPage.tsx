/** Everything about one contested clip, and a place to settle its labels. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { decimal, moment } from "@/shared/format";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { ClipContext } from "./ClipContext";
import { type ContestedClipDetail, useClipMedia, useContestedClip } from "./contestedHooks";
import { DecisionForm } from "./DecisionForm";
import look from "./quality.module.css";
import { ScoreTable } from "./ScoreTable";
import "./words";

export default function ContestedClipPage() {
  const { t } = useTranslation("quality");
  const { project = "", campaign = "", clip = "" } = useParams();
  const session = useSession().data;
  const mayDecide = session !== undefined && isAdmin(session, project);
  return (
    <>
      <Link to={`/projects/${project}/campaigns/${campaign}/contested`} className={look.back}>
        {t("contested.back")}
      </Link>
      <Loaded query={useContestedClip(campaign, clip)}>
        {(found) => (
          <>
            <div className={look.sides}>
              <Watched clip={found} />
              <div>
                <ScoreTable clip={found} />
                {mayDecide && <DecisionForm campaign={campaign} clip={found} />}
              </div>
            </div>
            <ClipContext clip={found} mayPlay={mayDecide} />
            <Decisions decisions={found.decisions} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Watched({ clip }: { clip: ContestedClipDetail }) {
  const { t } = useTranslation("quality");
  return (
    <div>
      <Loaded query={useClipMedia(clip.clip)}>
        {(media) => (
          // biome-ignore lint/a11y/useMediaCaption: the transcript stands right below
          <video
            src={media.media_url}
            controls
            playsInline
            className={look.player}
            style={{ aspectRatio: `${media.width} / ${media.height}` }}
          />
        )}
      </Loaded>
      <p className={look.words} lang="zh-CN">
        {clip.transcript}
      </p>
      <Text c="dimmed">
        {clip.video_id} / {clip.clip_id} · {decimal(clip.seconds, 1)} s · {t("contested.conflict")}{" "}
        {decimal(clip.conflict, 1)}
      </Text>
    </div>
  );
}

function Decisions({ decisions }: { decisions: ContestedClipDetail["decisions"] }) {
  const { t, i18n } = useTranslation("quality");
  if (decisions.length === 0) return null;
  return (
    <Section title={t("decision.all")}>
      <Table>
        <Table.Tbody>
          {decisions.map((one) => (
            <Table.Tr key={`${one.made_at} ${one.modality}`}>
              <Table.Td>
                <ModalityMark modality={one.modality} />
              </Table.Td>
              <Table.Td>
                <LabelChip value={one.value} />
              </Table.Td>
              <Table.Td>{one.reason}</Table.Td>
              <Table.Td className={look.quiet}>
                {one.made_by}, {moment(one.made_at, i18n.language)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
