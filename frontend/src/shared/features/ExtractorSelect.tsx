/** The choice of an extractor for one modality, with the reason why one cannot run here. */
import { Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type FeatureModality, useExtractors } from "@/api/features";
import { Said } from "@/shared/parts/Said";
import { IMPORTED, optionsOf } from "./choices";

interface ExtractorSelectProps {
  modality: FeatureModality;
  value: string | null;
  onChange: (name: string | null) => void;
  /** What made the features that exist already: they can be chosen even where nothing can make them here. */
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
  const options = optionsOf(extractors, made);
  const whyNot = (name: string) => options.find(({ value }) => value === name)?.why;
  return (
    <Select
      label={t(`modality.${modality}`)}
      placeholder={t("none")}
      data={options.map(({ value, why }) => ({
        value,
        label: value === IMPORTED ? t("imported") : value,
        disabled: why !== null,
      }))}
      renderOption={({ option }) => {
        const why = whyNot(option.value);
        return (
          <div>
            <Text c={why ? "dimmed" : undefined}>{option.label}</Text>
            {why && (
              <Text size="xs">
                <Said of={why} />
              </Text>
            )}
          </div>
        );
      }}
      comboboxProps={{ width: LIST_WIDTH, position: "bottom-start" }}
      // The reason must be readable, so a choice that is not there is not faded as a whole.
      styles={{ option: { opacity: 1 } }}
      allowDeselect={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
      {...rest}
    />
  );
}
