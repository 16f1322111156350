/** Clips whose scores lie apart, or whose modalities do, the most contested first. */
import { SegmentedControl, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { Computed } from "@/shared/analyses/Computed";
import { decimal } from "@/shared/format";
import { LabelChip, ModalityMark } from "@/shared/parts/Marks";
import { Empty } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { AskMore } from "./AskMore";
import { type ContestedClip, type Order, useContestedClips } from "./contestedHooks";
import look from "./quality.module.css";
import "./words";
import { Scroll } from "@/shared/parts/Scroll";

export default function ContestedPage() {
  const { t } = useTranslation("quality");
  const { campaign = "", project = "" } = useParams();
  const [asked, ask] = useSearchParams();
  const order: Order = asked.get("order") === "conflict" ? "conflict" : "spread";
  const session = useSession().data;
  const choice = (
    <SegmentedControl
      size="xs"
      value={order}
      onChange={(value) => ask({ order: value }, { replace: true })}
      data={(["spread", "conflict"] as const).map((value) => ({ value, label: t(`contested.by.${value}`) }))}
      aria-label={t("contested.order")}
    />
  );
  return (
    <Section title={t("contested.title")} actions={choice}>
      <Text c="dimmed" mb="xs">
        {t(`contested.hint.${order}`)}
      </Text>
      <Computed query={useContestedClips(campaign, order)}>
        {({ clips }) =>
          clips.length === 0 ? (
            <Empty>{t("contested.none")}</Empty>
          ) : (
            <>
              {session && isAdmin(session, project) && <AskMore campaign={campaign} clips={clips} />}
              <ContestedTable clips={clips} />
            </>
          )
        }
      </Computed>
    </Section>
  );
}

function ContestedTable({ clips }: { clips: ContestedClip[] }) {
  const { t } = useTranslation("quality");
  return (
    <Scroll>
      <Table className={look.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("contested.clip")}</Table.Th>
            {MODALITIES.map((modality) => (
              <Table.Th key={modality}>
                <ModalityMark modality={modality} />
              </Table.Th>
            ))}
            <Table.Th className={look.number}>{t("contested.widest")}</Table.Th>
            <Table.Th className={look.number}>{t("contested.conflict")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clips.map((clip) => (
            <Table.Tr key={clip.clip}>
              <Table.Td>
                <Link to={clip.clip}>
                  {clip.video_id} / {clip.clip_id}
                </Link>
              </Table.Td>
              {clip.modalities.map((one) => (
                <Table.Td key={one.modality}>
                  <LabelChip value={one.decided ?? one.value} />{" "}
                  <span className={look.quiet}>
                    {one.decided === null ? `± ${decimal(one.spread, 2)}` : t("contested.decided")}
                  </span>
                </Table.Td>
              ))}
              <Table.Td className={look.number}>{decimal(clip.widest, 2)}</Table.Td>
              <Table.Td className={look.number}>{decimal(clip.conflict, 1)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
