/** Three small maps of what a run has learned: text, audio and vision representations by t-SNE, coloured by label. */
import { Button, SegmentedControl, Text } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded } from "@/api/jobs";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import look from "../runs.module.css";
import { type RepresentationMap, useMaps, useRequestMap } from "./hooks";
import { MAPPED, type Mapped, mapNumbers, mapOption, pointsOf } from "./mapOption";

interface RepresentationMapsProps {
  run: string;
  onChoose: (clip: string) => void;
}

export function RepresentationMaps({ run, onChoose }: RepresentationMapsProps) {
  const { t } = useTranslation("runs");
  return (
    <Section title={t("map.title")}>
      <Loaded query={useMaps(run)}>
        {([map]) =>
          map?.state === "succeeded" ? (
            <Maps map={map} run={run} onChoose={onChoose} />
          ) : (
            <Ask run={run} map={map} />
          )
        }
      </Loaded>
    </Section>
  );
}

/** What the maps are, and a button that asks for them; while they are made, how far they are. */
function Ask({ run, map }: { run: string; map: RepresentationMap | undefined }) {
  const { t } = useTranslation("runs");
  const request = useRequestMap(run);
  return (
    <>
      <Text c="dimmed" mb="sm">
        {t("map.none")}
      </Text>
      {map?.job && <FollowedJob id={map.job} />}
      {(!map || (hasEnded(map) && !map.job)) && (
        <Button variant="default" loading={request.isPending} onClick={() => request.mutate()}>
          {t("map.make")}
        </Button>
      )}
      {request.error && <Failure error={request.error} />}
    </>
  );
}

interface MapsProps extends RepresentationMapsProps {
  map: RepresentationMap;
}

function Maps({ map, run, onChoose }: MapsProps) {
  const { t } = useTranslation("runs");
  const [task, choose] = useState<Modality>("multimodal");
  return (
    <>
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t("map.colour")}
        data={MODALITIES.map((value) => ({ value, label: t(`modality.${value}`, { ns: "shared" }) }))}
        value={task}
        onChange={(value) => choose(value as Modality)}
      />
      <div className={look.multiples}>
        {MAPPED.filter((modality) => map.points[modality]).map((modality) => (
          <OneMap key={modality} map={map} modality={modality} task={task} run={run} onChoose={onChoose} />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t("map.hint", { count: map.clips.length, perplexity: map.perplexity, seed: map.seed })}
      </Text>
    </>
  );
}

function OneMap({ map, modality, task, run, onChoose }: MapsProps & { modality: Mapped; task: Modality }) {
  const { t } = useTranslation(["runs", "shared"]);
  const ink = useInk();
  const points = useMemo(() => pointsOf(map, modality, task), [map, modality, task]);
  const option = useMemo(
    () =>
      mapOption(points, ink, {
        label: t("scatter.truth"),
        none: t("shared:none"),
        split: (split) => t(`shared:split.${split as "train"}`),
      }),
    [points, ink, t],
  );
  const pick = useCallback(
    (place: number) => {
      const point = points[place];
      if (point) onChoose(point.clip);
    },
    [points, onChoose],
  );
  return (
    <Figure
      name={`map-${modality}-${run}`}
      title={t("map.label", { modality: t(`shared:modality.${modality}`), count: points.length })}
      heading={<ModalityMark modality={modality} />}
      option={option}
      numbers={() => mapNumbers(points)}
      height={300}
      onPick={pick}
    />
  );
}
