/** Clips of each class in two versions, one row a version. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { percent, whole } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { CLASS_COLOURS, CLASSES } from "@/shared/vocabulary/scale";
import type { Difference } from "./hooks";

export function ClassBalance({ found }: { found: Difference }) {
  const { t } = useTranslation(["versions", "shared"]);
  const rows = [found.before, found.after].map((version) => ({
    version,
    counts: version.table1.find((row) => row.split === "all"),
  }));
  return (
    <Section title={t("changes.classes")}>
      <Scroll>
        <Table miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("changes.version")}</Table.Th>
              {CLASSES.map((one) => (
                <Table.Th
                  key={one}
                  ta="right"
                  title={t(`shared:class.${one}`)}
                  style={{ boxShadow: `inset 0 -3px ${CLASS_COLOURS[one]}` }}
                >
                  {one}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ version, counts }) => (
              <Table.Tr key={version.id}>
                <Table.Td>{version.number}</Table.Td>
                {CLASSES.map((one) => (
                  <Table.Td key={one} ta="right">
                    {whole(counts?.[one])} ({percent((counts?.[one] ?? 0) / (counts?.total || 1))} %)
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt={4}>
        {t("changes.classesHint")}
      </Text>
    </Section>
  );
}
