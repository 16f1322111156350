/** The form that launches a sweep: a recipe to start from, what varies, and how long to search. */
import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Version } from "@/api/versions";
import { Failure } from "@/shared/parts/Notices";
import { FeatureChoice } from "../FeatureChoice";
import { useDraftFeatures } from "../features";
import { settingsOf } from "../LaunchForm";
import look from "../runs.module.css";
import { SettingsFields } from "../SettingsFields";
import { useDraft } from "../useDraft";
import { type LaunchSweep, useLaunchSweep, useOfferedSpace } from "./hooks";
import { SpaceFields } from "./SpaceFields";
import { dimensionOf, lineOf, type SpaceLine } from "./space";

const OBJECTIVES = ["mae", "corr", "valid_loss"] as const;
const PRUNERS = ["median", "quartile", "none"] as const;
/** What usually matters most is chosen at first. */
const FIRST_CHOSEN = ["learning_rate", "batch_size"];

type Search = Required<Pick<LaunchSweep, "name" | "trials" | "objective" | "pruner">>;

interface SweepFormProps {
  versions: readonly Version[];
  /** The version to propose. */
  first: Version;
  onClose: () => void;
}

export function SweepForm({ versions, first, onClose }: SweepFormProps) {
  const { t } = useTranslation("sweeps");
  const [draft, change] = useDraft(first.id);
  const [search, setSearch] = useState<Search>({ name: "", trials: 20, objective: "mae", pruner: "median" });
  const [chosenLines, setChosenLines] = useState<Record<string, SpaceLine>>();
  const version = versions.find((one) => one.id === draft.version) ?? first;
  const { sets, chosen: features, complete: haveFeatures } = useDraftFeatures(draft);
  const { version: id, ...recipe } = settingsOf(draft, version);
  const offered = useOfferedSpace(recipe);
  const lines = (offered.data ?? []).map(lineOf);
  const vary =
    chosenLines ??
    Object.fromEntries(
      lines.filter((one) => FIRST_CHOSEN.includes(one.setting)).map((one) => [one.setting, one]),
    );
  // What this recipe cannot vary is left out, but remembered in case another one can.
  const varied = lines.flatMap((line) => vary[line.setting] ?? []);
  const space = varied.map(dimensionOf);
  const complete = haveFeatures && space.length > 0 && space.every(Boolean);
  const launch = useLaunchSweep();
  const navigate = useNavigate();
  const submit = () =>
    launch.mutate(
      { version: id, ...recipe, ...features, ...search, space: space.filter((one) => one !== null) },
      { onSuccess: (made) => navigate(`/projects/${made.project}/sweeps/${made.id}`) },
    );
  return (
    <Modal opened onClose={onClose} title={t("launch")} size="xl">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <SettingsFields
            draft={draft}
            change={change}
            versions={versions}
            version={version}
            mayRepeat={false}
          />
          <FeatureChoice
            version={draft.version}
            sets={sets}
            chosen={features}
            onChange={(own) => change({ extractors: { ...draft.extractors, ...own } })}
          />
          <SpaceFields offered={lines} vary={vary} onChange={setChosenLines} />
          <SearchFields search={search} change={(own) => setSearch({ ...search, ...own })} />
          {(launch.error || offered.error) && <Failure error={launch.error ?? offered.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("action.close", { ns: "shared" })}
            </Button>
            <Button type="submit" disabled={!complete} loading={launch.isPending}>
              {t("form.submit", { count: search.trials })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function SearchFields({ search, change }: { search: Search; change: (own: Partial<Search>) => void }) {
  const { t } = useTranslation("sweeps");
  return (
    <div className={look.fields}>
      <NumberInput
        label={t("form.trials")}
        value={search.trials}
        min={1}
        max={1000}
        allowDecimal={false}
        onChange={(trials) => change({ trials: Number(trials) })}
      />
      <TextInput
        label={t("form.name")}
        placeholder={t("form.nameWhy")}
        value={search.name}
        maxLength={100}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t("form.objective")}
        description={t(`objectiveWhy.${search.objective}`)}
        inputWrapperOrder={["label", "input", "description"]}
        data={OBJECTIVES.map((value) => ({ value, label: t(`objective.${value}`) }))}
        value={search.objective}
        onChange={(objective) => objective && change({ objective })}
        allowDeselect={false}
      />
      <Select
        label={t("form.pruner")}
        description={t(`prunerWhy.${search.pruner}`)}
        inputWrapperOrder={["label", "input", "description"]}
        data={PRUNERS.map((value) => ({ value, label: t(`pruner.${value}`) }))}
        value={search.pruner}
        onChange={(pruner) => pruner && change({ pruner })}
        allowDeselect={false}
      />
    </div>
  );
}
