/** Same words, other faces: what a run makes of one clip's words with the voices and faces of others. */
import { MultiSelect, SegmentedControl, Select, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import { MODALITIES, type Modality } from "@/shared/vocabulary/modality";
import { useRun } from "../hooks";
import "../words";
import runs from "../runs.module.css";
import { type Swaps, useSwaps, useTestClips } from "./hooks";
import { SwapTable } from "./SwapTable";
import { LENT, type Lent, swapNumbers, swapOption } from "./swapOption";
import look from "./understanding.module.css";

const MOST_DONORS = 12;

export default function SwapPage() {
  const { t } = useTranslation("runs");
  const { project = "", run: id = "" } = useParams();
  const [address, setAddress] = useSearchParams();
  const run = useRun(id).data;
  const words = address.get("words") ?? undefined;
  const donors = address.getAll("donor");
  const choose = (name: "words" | "donor", values: string[]) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete(name);
        for (const value of values) next.append(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <Page
      title={t("swap.title")}
      under={{ to: `/projects/${project}/runs/${id}`, name: t("swap.run") }}
      marks={run?.simulated && <SimulatedMark />}
    >
      <Text mb="md" maw={720}>
        {t("swap.about")}
      </Text>
      <Loaded query={useSwaps(id, words, donors)}>
        {(swaps) => (
          <>
            <Choice run={id} swaps={swaps} choose={choose} />
            <Outcome swaps={swaps} run={id} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ChoiceProps {
  run: string;
  swaps: Swaps;
  choose: (name: "words" | "donor", values: string[]) => void;
}

function Choice({ run, swaps, choose }: ChoiceProps) {
  const { t } = useTranslation("runs");
  const clips = useTestClips(run).data?.results ?? [];
  const shown = [swaps.words, ...swaps.swapped.map((each) => each.donor), ...clips];
  const options = [...new Map(shown.map((clip) => [clip.clip, clip])).values()].map((clip) => ({
    value: clip.clip,
    label: `${clip.video_id} / ${clip.clip_id} · ${clip.transcript}`,
  }));
  return (
    <div className={look.choice}>
      <Select
        label={t("swap.words")}
        searchable
        data={options}
        value={swaps.words.clip}
        allowDeselect={false}
        onChange={(value) => value && choose("words", [value])}
      />
      <MultiSelect
        label={t("swap.donors")}
        searchable
        data={options}
        maxValues={MOST_DONORS}
        value={swaps.swapped.map((each) => each.donor.clip)}
        onChange={(values) => choose("donor", values)}
      />
    </div>
  );
}

function Outcome({ swaps, run }: { swaps: Swaps; run: string }) {
  const { t } = useTranslation("runs");
  const tasks = MODALITIES.filter((modality) => swaps.own[modality] !== undefined);
  const [wanted, choose] = useState<Modality>("multimodal");
  const task = tasks.includes(wanted) ? wanted : (tasks[0] ?? "multimodal");
  return (
    <Section title={t("swap.outcome")}>
      {tasks.length > 1 && (
        <SegmentedControl
          mb="sm"
          size="xs"
          aria-label={t("metrics.prediction")}
          data={tasks.map((value) => ({ value, label: t(`modality.${value}`, { ns: "shared" }) }))}
          value={task}
          onChange={(value) => choose(value as Modality)}
        />
      )}
      <div className={runs.multiples}>
        {LENT.map((lent) => (
          <SwapChart key={lent} swaps={swaps} task={task} lent={lent} run={run} />
        ))}
      </div>
      <SwapTable swaps={swaps} task={task} />
    </Section>
  );
}

interface SwapChartProps {
  swaps: Swaps;
  task: Modality;
  lent: Lent;
  run: string;
}

function SwapChart({ swaps, task, lent, run }: SwapChartProps) {
  const { t } = useTranslation("runs");
  const ink = useInk();
  const option = useMemo(
    () =>
      swapOption(swaps, task, lent, ink, {
        donor: t("swap.donorLabel"),
        prediction: t("scatter.prediction"),
        recorded: t("swap.recorded"),
      }),
    [swaps, task, lent, ink, t],
  );
  return (
    <Figure
      name={`swap-${lent}-${task}-${run}`}
      title={t(`swap.${lent}`)}
      option={option}
      numbers={() => swapNumbers(swaps, task)}
      height={260}
    />
  );
}
