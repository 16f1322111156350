/** The filters of the table of runs, one for each thing that runs differ in. */
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Run } from "./hooks";
import look from "./runs.module.css";
import { useRunWords } from "./runWords";
import { FILTERS, type Filter, filterValue } from "./table";

interface RunFiltersProps {
  runs: readonly Run[];
  wanted: Partial<Record<Filter, string>>;
  onChange: (filter: Filter, value: string | null) => void;
}

export function RunFilters({ runs, wanted, onChange }: RunFiltersProps) {
  const { t } = useTranslation("runs");
  const words = useRunWords();
  const choices = (filter: Filter) => {
    const names = new Map(runs.map((run) => [filterValue(run, filter), words[filter](run)]));
    return [...names].map(([value, label]) => ({ value, label }));
  };
  return (
    <div className={look.filters}>
      {FILTERS.map((filter) => (
        <Select
          key={filter}
          size="xs"
          label={t(`filter.${filter}`)}
          placeholder={t("filter.any")}
          clearable
          data={choices(filter)}
          value={wanted[filter] || null}
          onChange={(value) => onChange(filter, value)}
        />
      ))}
    </div>
  );
}
