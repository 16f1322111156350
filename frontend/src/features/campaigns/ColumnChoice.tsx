/** Which column of a table holds what, where it does not have our names. */
import { Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ScoreFile } from "./importHooks";

interface ColumnChoiceProps {
  file: ScoreFile;
  /** By our name of a column, the table's. */
  columns: Record<string, string>;
  onChange: (columns: Record<string, string>) => void;
}

export function ColumnChoice({ file, columns, onChange }: ColumnChoiceProps) {
  const { t } = useTranslation("campaigns");
  const names = [...new Set(file.columns.filter(Boolean))];
  return (
    <>
      <Text mt="sm" size="sm">
        {t("import.columns")}
      </Text>
      <Group mt="xs" gap="sm">
        {file.missing.map((column) => (
          <Select
            key={column}
            label={column}
            data={names}
            w={150}
            value={columns[column] ?? null}
            onChange={(name) => name && onChange({ ...columns, [column]: name })}
          />
        ))}
      </Group>
    </>
  );
}
