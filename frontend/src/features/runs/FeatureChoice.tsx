/** Which features a run reads; those that are missing can be extracted on the spot. */
import { Alert, Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type ChosenExtractors, FEATURE_MODALITIES, type FeatureSet, useExtract } from "@/api/features";
import { hasEnded } from "@/api/jobs";
import { IMPORTED, madeBy, missingOf } from "@/shared/features/choices";
import { ExtractorSelect } from "@/shared/features/ExtractorSelect";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure } from "@/shared/parts/Notices";
import look from "./runs.module.css";

interface FeatureChoiceProps {
  version: string;
  sets: readonly FeatureSet[];
  /** For each modality that the model reads. */
  chosen: Partial<ChosenExtractors>;
  onChange: (chosen: Partial<ChosenExtractors>) => void;
}

export function FeatureChoice({ version, sets, chosen, onChange }: FeatureChoiceProps) {
  const { t } = useTranslation("runs");
  return (
    <div>
      <Text fw={600} mb={4}>
        {t("form.features")}
      </Text>
      <div className={look.extractors}>
        {FEATURE_MODALITIES.filter((modality) => modality in chosen).map((modality) => {
          const made = madeBy(sets, modality);
          const name = chosen[modality] ?? null;
          return (
            <ExtractorSelect
              key={modality}
              modality={modality}
              value={name}
              made={made}
              description={name ? t(standing(name, made)) : undefined}
              onChange={(extractor) => onChange({ [modality]: extractor })}
            />
          );
        })}
      </div>
      <Missing version={version} sets={sets} missing={missingOf(chosen, sets)} />
    </div>
  );
}

function standing(name: string, made: readonly string[]) {
  if (name === IMPORTED) return "form.imported";
  return made.includes(name) ? "form.made" : "form.notMade";
}

interface MissingProps {
  version: string;
  sets: readonly FeatureSet[];
  missing: Partial<ChosenExtractors>;
}

function Missing({ version, sets, missing }: MissingProps) {
  const { t } = useTranslation("runs");
  const extract = useExtract(version);
  const names = Object.values(missing);
  const asked = sets.filter((set) => names.includes(set.extractor) && set.job);
  const underWay = asked.find((set) => !hasEnded(set));
  const failed = asked.find((set) => set.state === "failed");
  if (names.length === 0) return null;
  if (underWay?.job)
    return (
      <div className={look.followed}>
        <FollowedJob id={underWay.job} />
      </div>
    );
  return (
    <Alert color="gray" variant="light" mt="sm">
      <Text>{t("form.missing", { names: names.join(", ") })}</Text>
      {failed?.job && <FollowedJob id={failed.job} mayAct={false} />}
      {extract.error && <Failure error={extract.error} />}
      <Button
        mt="xs"
        size="compact-sm"
        loading={extract.isPending}
        onClick={() => extract.mutate(missing as Parameters<typeof extract.mutate>[0])}
      >
        {t("form.extract")}
      </Button>
    </Alert>
  );
}
