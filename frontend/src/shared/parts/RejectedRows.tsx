/** The rows that an import left out: the first of them with the reason, and all of them to download. */
import { Anchor, Button, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { whole } from "@/shared/format";
import { type RejectedRow, reasonOf } from "@/shared/words/importSentences";
import { Scroll } from "./Scroll";

const AT_FIRST = 20;

interface RejectedRowsProps {
  job: string;
  rows: RejectedRow[];
  /** How many there are, of which `rows` are the first. */
  count: number;
}

export function RejectedRows({ job, rows, count }: RejectedRowsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_FIRST);
  if (!count) return null;
  return (
    <>
      <Scroll minWidth={520}>
        <Table mt="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right" w={80}>
                {t("rejected.line")}
              </Table.Th>
              <Table.Th>{t("rejected.subject")}</Table.Th>
              <Table.Th>{t("rejected.reason")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shown).map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line may be left out several times, for the same reason
              <Row key={place} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
      {rows.length > shown && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={() => setShown(rows.length)}>
          {t("action.more")}
        </Button>
      )}
      <Text size="sm" mt="xs">
        {shown >= rows.length &&
          count > rows.length &&
          `${t("rejected.more", { count: count - rows.length })} `}
        <Anchor href={`/api/jobs/${job}/rejected/`} download>
          {t("rejected.download", { number: whole(count) })}
        </Anchor>
      </Text>
    </>
  );
}

function Row({ row }: { row: RejectedRow }) {
  const { i18n } = useTranslation();
  const { sentence, original } = reasonOf(row, i18n.language);
  return (
    <Table.Tr>
      <Table.Td ta="right">{row.line}</Table.Td>
      <Table.Td>{row.subject}</Table.Td>
      <Table.Td>
        {sentence}
        {original && <div lang="en">{original}</div>}
      </Table.Td>
    </Table.Tr>
  );
}
