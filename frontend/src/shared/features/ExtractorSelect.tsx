/** The choice of an extractor for one modality, with the reason why one cannot run here. */
import { Select, Text } from "@mantine/core";
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

/** Wide enough for a reason of one sentence. */
const LIST_WIDTH = 300;

export function ExtractorSelect({ modality, made = [], ...rest }: ExtractorSelectProps) {
  const { t } = useTranslation();
  const extractors = (useExtractors().data ?? []).filter((one) => one.modality === modality);
  const reasons = new Map(
    extractors
      .filter((one) => !one.available && !made.includes(one.name))
      .map((one) => [one.name, one.why_not]),
  );
  return (
    <Select
      label={t(`modality.${modality}`)}
      placeholder={t("none")}
      data={extractors.map(({ name }) => ({ value: name, label: name, disabled: reasons.has(name) }))}
      renderOption={({ option }) => (
        <div>
          <Text c={option.disabled ? "dimmed" : undefined}>{option.label}</Text>
          {option.disabled && <Text size="xs">{reasons.get(option.value)}</Text>}
        </div>
      )}
      comboboxProps={{ width: LIST_WIDTH, position: "bottom-start" }}
      // The reason must be readable, so a choice that is not there is not faded as a whole.
      styles={{ option: { opacity: 1 } }}
      allowDeselect={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...rest}
    />
  );
}
