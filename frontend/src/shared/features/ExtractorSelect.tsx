/** The choice of an extractor for one modality, with the reason why one cannot run here. */
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type FeatureModality, useExtractors } from "@/api/features";

interface ExtractorSelectProps {
  modality: FeatureModality;
  value: string | null;
  onChange: (name: string | null) => void;
  /** Extractors whose features exist already: they can be chosen even where the extractor cannot run. */
  made?: readonly string[];
  description?: string;
  clearable?: boolean;
  disabled?: boolean;
}

export function ExtractorSelect(props: ExtractorSelectProps) {
  const { modality, value, onChange, made = [], description, ...rest } = props;
  const { t } = useTranslation();
  const extractors = (useExtractors().data ?? []).filter((one) => one.modality === modality);
  const missing = extractors.filter((one) => !one.available && !made.includes(one.name));
  const reasons = missing.map((one) => `${one.name}: ${one.why_not}`);
  return (
    <Select
      label={t(`modality.${modality}`)}
      placeholder={t("none")}
      data={extractors.map(({ name }) => ({
        value: name,
        label: name,
        disabled: missing.some((one) => one.name === name),
      }))}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={[description, ...reasons].filter(Boolean).join(" · ") || undefined}
      {...rest}
    />
  );
}
