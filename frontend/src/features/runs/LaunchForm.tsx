/** The form that launches a run on a version. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Version } from "@/api/versions";
import { Failure } from "@/shared/parts/Notices";
import { useLaunchExperiment } from "./experiments/hooks";
import { FeatureChoice } from "./FeatureChoice";
import { useDraftFeatures } from "./features";
import { type Launch, useLaunch } from "./hooks";
import { SettingsFields } from "./SettingsFields";
import { type Draft, FIVE_SEEDS, useDraft } from "./useDraft";

interface LaunchFormProps {
  versions: readonly Version[];
  /** Id of the version to propose; the newest when there is none. */
  first: string | null;
  seeds: Draft["seeds"];
  onClose: () => void;
}

export function LaunchForm({ versions, first, seeds, onClose }: LaunchFormProps) {
  const { t } = useTranslation("runs");
  const [draft, change] = useDraft(
    versions.find((one) => one.id === first)?.id ?? versions[0]?.id ?? "",
    seeds,
  );
  const version = versions.find((one) => one.id === draft.version);
  const { sets, chosen, complete } = useDraftFeatures(draft);
  const one = useLaunch();
  const five = useLaunchExperiment();
  const launch = draft.seeds === "one" ? one : five;
  const navigate = useNavigate();
  const submit = () => {
    if (!version) return;
    const body = { ...settingsOf(draft, version), ...chosen };
    if (draft.seeds === "one")
      one.mutate(body, { onSuccess: (run) => navigate(`/projects/${run.project}/runs/${run.id}`) });
    else
      five.mutate(
        { ...body, name: "", seeds: FIVE_SEEDS },
        { onSuccess: (made) => navigate(`/projects/${made.project}/experiments/${made.id}`) },
      );
  };
  return (
    <Modal opened onClose={onClose} title={t("launch")} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <SettingsFields draft={draft} change={change} versions={versions} version={version} />
          <FeatureChoice
            version={draft.version}
            sets={sets}
            chosen={chosen}
            onChange={(own) => change({ extractors: { ...draft.extractors, ...own } })}
          />
          {launch.error && <Failure error={launch.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("action.close", { ns: "shared" })}
            </Button>
            <Button type="submit" disabled={!complete} loading={launch.isPending}>
              {t("form.submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** The chosen settings; semi-supervised learning needs AV-MC and clips without labels. */
export function settingsOf(draft: Draft, version: Version): Launch {
  const { model, seed, epochs, recipe } = draft;
  const own =
    model === "avmc"
      ? { ablation: draft.ablation, semi: draft.semi && version.statistics.unsupervised > 0 }
      : { supervision: draft.supervision, semi: false };
  return { version: version.id, model, recipe, seed, epochs, ...own };
}
