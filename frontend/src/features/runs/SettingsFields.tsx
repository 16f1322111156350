/** The settings of a run as fields: version, model, recipe, learning, seed, epochs. */
import { NumberInput, SegmentedControl, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Version } from "@/api/versions";
import { useRecipes } from "./hooks";
import look from "./runs.module.css";
import { ABLATIONS } from "./runWords";
import { type Draft, FIVE_SEEDS } from "./useDraft";

const MODELS = ["avmc", "text", "audio", "vision"] as const;

interface SettingsProps {
  draft: Draft;
  change: (own: Partial<Draft>) => void;
  versions: readonly Version[];
  version: Version | undefined;
  /** Whether five seeds can be asked for instead of one. */
  mayRepeat?: boolean;
}

export function SettingsFields({ draft, change, versions, version, mayRepeat = true }: SettingsProps) {
  const { t } = useTranslation("runs");
  const recipe = useRecipes().data?.find((one) => one.name === draft.recipe && one.semi === draft.semi);
  const counts = version?.statistics;
  const isUnimodal = draft.model !== "avmc";
  const without = counts?.unsupervised === 0 || isUnimodal;
  return (
    <div className={look.fields}>
      <Select
        label={t("form.version")}
        data={versions.map(({ id, number }) => ({ value: id, label: number }))}
        value={draft.version}
        onChange={(id) => id && change({ version: id, extractors: {} })}
        allowDeselect={false}
      />
      <Select
        label={t("form.model")}
        data={MODELS.map((value) => ({
          value,
          label:
            value === "avmc"
              ? t("avmc")
              : t("unimodal.only", { modality: t(`modality.${value}`, { ns: "shared" }) }),
        }))}
        value={draft.model}
        onChange={(model) => model && change({ model })}
        allowDeselect={false}
      />
      {isUnimodal ? (
        <Choice
          label={t("form.supervision")}
          why={t(`supervisionWhy.${draft.supervision}`)}
          value={draft.supervision}
          choices={(["unimodal", "multimodal"] as const).map((name) => [name, t(`supervision.${name}`)])}
          onChange={(supervision) => change({ supervision })}
        />
      ) : (
        <Select
          label={t("form.ablation")}
          description={t("form.ablationWhy")}
          inputWrapperOrder={["label", "input", "description"]}
          data={ABLATIONS.map((value) => ({ value, label: t(`ablation.${value}`) }))}
          value={draft.ablation}
          onChange={(ablation) => ablation && change({ ablation })}
          allowDeselect={false}
        />
      )}
      <Choice
        label={t("form.recipe")}
        why={t(`recipeWhy.${draft.recipe}`)}
        value={draft.recipe}
        choices={(["released", "paper"] as const).map((name) => [name, t(`recipe.${name}`)])}
        onChange={(recipe) => change({ recipe })}
      />
      <Choice
        label={t("form.learning")}
        why={
          without
            ? t(isUnimodal ? "form.unimodalSupervised" : "form.noUnsupervised")
            : t(draft.semi ? "form.semiWhy" : "form.supervisedWhy", {
                train: counts?.splits.train,
                unsupervised: counts?.unsupervised,
              })
        }
        value={draft.semi && !without ? "semi" : "supervised"}
        choices={(["supervised", "semi"] as const).map((name) => [name, t(`learning.${name}`)])}
        disabled={without}
        onChange={(learning) => change({ semi: learning === "semi" })}
      />
      {mayRepeat && (
        <Choice
          label={t("form.seeds")}
          why={t(`form.seedsWhy.${draft.seeds}`)}
          value={draft.seeds}
          choices={(["one", "five"] as const).map((name) => [name, t(`form.seedsOf.${name}`)])}
          onChange={(seeds) => change({ seeds })}
        />
      )}
      <NumberInput
        label={t("form.seed")}
        value={draft.seeds === "one" ? draft.seed : FIVE_SEEDS[0]}
        disabled={draft.seeds === "five"}
        min={0}
        max={2 ** 31 - 1}
        allowDecimal={false}
        onChange={(seed) => change({ seed: Number(seed) })}
      />
      <NumberInput
        label={t("form.epochs")}
        value={draft.epochs ?? ""}
        min={1}
        max={100_000}
        allowDecimal={false}
        placeholder={t("form.epochsOfRecipe", { count: Number(recipe?.settings.epochs ?? 0) })}
        onChange={(epochs) => change({ epochs: epochs === "" ? null : Number(epochs) })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  why: string;
  value: Value;
  choices: readonly (readonly [Value, string])[];
  disabled?: boolean;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({
  label,
  why,
  value,
  choices,
  disabled,
  onChange,
}: ChoiceProps<Value>) {
  return (
    <div>
      <Text fw={600}>{label}</Text>
      <SegmentedControl
        fullWidth
        aria-label={label}
        disabled={disabled}
        data={choices.map(([name, word]) => ({ value: name, label: word }))}
        value={value}
        onChange={(name) => onChange(name as Value)}
      />
      <Text size="xs" c="dimmed" mt={4} mih={40}>
        {why}
      </Text>
    </div>
  );
}
