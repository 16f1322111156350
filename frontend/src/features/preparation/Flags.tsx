/** Clips that annotators could not judge, and their comments; to be filtered, read and taken away. */
import { Button, Select, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { saveCsv } from "@/shared/charts/csv";
import { moment } from "@/shared/format";
import { ModalityMark } from "@/shared/parts/Marks";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { type Flag, REASONS, useCalibrationFlags, useFlags } from "./hooks";

export function Flags({ campaign }: { campaign: string }) {
  const { t } = useTranslation(["preparation", "shared"]);
  const [search, setSearch] = useSearchParams();
  const reason = REASONS.find((one) => one === search.get("reason"));
  const query = useFlags(campaign, reason);
  const flags = query.data?.pages.flatMap((page) => page.results) ?? [];
  const choose = (word: string | null) => setSearch(word ? { reason: word } : {}, { replace: true });
  return (
    <Section title={t("flags.title")} actions={flags.length > 0 && <SaveButton flags={flags} />}>
      <Text c="dimmed">{t("flags.hint")}</Text>
      <Select
        my="sm"
        w={220}
        aria-label={t("flags.reason")}
        placeholder={t("flags.all")}
        clearable
        value={reason ?? null}
        onChange={choose}
        data={REASONS.map((one) => ({ value: one, label: t(`reason.${one}`) }))}
      />
      <Loaded query={query}>
        {() => (flags.length === 0 ? <Text>{t("flags.none")}</Text> : <FlagTable flags={flags} />)}
      </Loaded>
      {query.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void query.fetchNextPage()}>
          {t("shared:action.more")}
        </Button>
      )}
    </Section>
  );
}

/** The same of calibrations; nothing where nobody has told anything. */
export function CalibrationFlags({ campaign }: { campaign: string }) {
  const { t } = useTranslation(["preparation", "shared"]);
  const query = useCalibrationFlags(campaign);
  const flags = query.data?.pages.flatMap((page) => page.results) ?? [];
  if (query.error) return <Failure error={query.error} retry={query.refetch} />;
  if (flags.length === 0) return null;
  return (
    <Section title={t("flags.calibration")} actions={<SaveButton flags={flags} />}>
      <Text c="dimmed">{t("flags.calibrationHint")}</Text>
      <FlagTable flags={flags} />
      {query.hasNextPage && (
        <Button variant="default" mt="sm" onClick={() => void query.fetchNextPage()}>
          {t("shared:action.more")}
        </Button>
      )}
    </Section>
  );
}

/** What a table shows of a flag, of labeling or calibration. */
type Told = Pick<
  Flag,
  "video_id" | "clip_id" | "modality" | "annotator" | "reason" | "comment" | "created_at"
> & { id: string | number };

function FlagTable({ flags }: { flags: readonly Told[] }) {
  const { t, i18n } = useTranslation("preparation");
  const heads = ["clip", "stage", "annotator", "reason", "comment", "when"] as const;
  return (
    <Scroll minWidth={720}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{t(`flags.${head}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flags.map((flag) => (
            <Table.Tr key={flag.id}>
              <Table.Td>
                {flag.video_id} / {flag.clip_id}
              </Table.Td>
              <Table.Td>
                <ModalityMark modality={flag.modality} />
              </Table.Td>
              <Table.Td>{flag.annotator}</Table.Td>
              <Table.Td>{flag.reason && t(`reason.${flag.reason}`)}</Table.Td>
              <Table.Td>{flag.comment}</Table.Td>
              <Table.Td className="figures">{moment(flag.created_at, i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function SaveButton({ flags }: { flags: readonly Told[] }) {
  const { t } = useTranslation("preparation");
  const columns = [
    "video_id",
    "clip_id",
    "modality",
    "annotator",
    "reason",
    "comment",
    "created_at",
  ] as const;
  const rows = flags.map((flag) => columns.map((column) => flag[column]));
  return (
    <Button variant="default" onClick={() => saveCsv("flags", columns, rows)}>
      {t("flags.save")}
    </Button>
  );
}
