/** Search and choices above the table; every change is a change of the address. */
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { FILTERS, type FilterName, isFiltered, withFilter } from "./filters";
import { useFacets } from "./hooks";

interface ClipFiltersProps {
  project: string;
  address: URLSearchParams;
  onChange: (next: URLSearchParams) => void;
}

export function ClipFilters({ project, address, onChange }: ClipFiltersProps) {
  const { t } = useTranslation(["datasets", "shared"]);
  const facets = useFacets(project).data;
  const set = (name: FilterName, value: string | null) => onChange(withFilter(address, name, value));
  const search = useDebouncedCallback((text: string) => set("search", text), 250);
  const choices = {
    supervised: [
      { value: "true", label: t("clips.supervised") },
      { value: "false", label: t("clips.unsupervised") },
    ],
    has_label: [
      { value: "true", label: t("clips.labelled") },
      { value: "false", label: t("clips.unlabelled") },
    ],
    scenario: facets?.scenarios ?? [],
    speaker: facets?.speakers ?? [],
    source: (facets?.sources ?? []).map(({ id, video_id }) => ({ value: id, label: video_id })),
  };
  const names = {
    supervised: "supervised",
    has_label: "label",
    scenario: "scenario",
    speaker: "speaker",
    source: "source",
  } as const;
  const clear = () => onChange(FILTERS.reduce((left, name) => withFilter(left, name, null), address));
  return (
    <Group gap="xs" mb="sm" role="search" aria-label={t("clips.filters")}>
      <TextInput
        key={address.has("search") ? "searched" : "unsearched"}
        type="search"
        w={{ base: "100%", xs: 220 }}
        leftSection={<IconSearch size={16} />}
        placeholder={t("clips.search")}
        aria-label={t("clips.search")}
        defaultValue={address.get("search") ?? ""}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {(["scenario", "speaker", "source", "supervised", "has_label"] as const).map((name) => (
        <Select
          key={name}
          w={{ base: "calc(50% - 5px)", xs: 140 }}
          clearable
          searchable={choices[name].length > 8}
          placeholder={t(`clips.${names[name]}`)}
          aria-label={t(`clips.${names[name]}`)}
          data={choices[name]}
          value={address.get(name)}
          onChange={(value) => set(name, value)}
        />
      ))}
      {isFiltered(address) && (
        <Button variant="subtle" onClick={clear}>
          {t("shared:action.clear")}
        </Button>
      )}
    </Group>
  );
}
