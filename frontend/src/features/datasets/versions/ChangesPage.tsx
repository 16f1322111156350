/** What changed from another version to this one: counts first, then every kind of change, then the classes. */
import { Button, Group, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useVersions, type Version } from "@/api/versions";
import { Computed } from "@/shared/analyses/Computed";
import { saveCsv } from "@/shared/charts/csv";
import { whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Failure } from "@/shared/parts/Notices";
import { ChangeTables } from "./ChangeTables";
import { ClassBalance } from "./ClassBalance";
import { CHANGE_KINDS, changeRows } from "./changes";
import { type Difference, useDifference, useWholeDifference } from "./hooks";
import { useFramedVersion } from "./VersionFrame";

export default function ChangesPage() {
  const { t } = useTranslation("versions");
  const version = useFramedVersion();
  const [address, setAddress] = useSearchParams();
  const others = (useVersions(version.project).data ?? []).filter((one) => one.id !== version.id);
  const from = address.get("from") ?? version.parent ?? null;
  const difference = useDifference(version.id, from);
  return (
    <>
      <Group align="end" mb="md">
        <Select
          label={t("changes.from")}
          allowDeselect={false}
          data={others.map((one) => ({ value: one.id, label: one.number }))}
          value={from}
          onChange={(id) => id && setAddress({ from: id }, { replace: true })}
        />
        {difference.data?.data && from && <SaveChanges version={version} from={from} />}
      </Group>
      {from === null ? (
        <Text c="dimmed">{t("changes.first")}</Text>
      ) : (
        <Computed query={difference}>{(found) => <Changes found={found} />}</Computed>
      )}
    </>
  );
}

function Changes({ found }: { found: Difference }) {
  const { t } = useTranslation("versions");
  const none = CHANGE_KINDS.every((kind) => found.counts[kind] === 0);
  return (
    <>
      <Facts
        of={CHANGE_KINDS.map((kind) => [t(`changes.kind.${kind}`), whole(found.counts[kind])] as const)}
      />
      {none && (
        <Text c="dimmed" mt="md">
          {t("changes.none")}
        </Text>
      )}
      <ClassBalance found={found} />
      <ChangeTables found={found} />
    </>
  );
}

function SaveChanges({ version, from }: { version: Version; from: string }) {
  const { t } = useTranslation("shared");
  const all = useWholeDifference(version.id, from);
  const save = (found: Difference) => {
    const name = `changes-${found.before.number}-${found.after.number}`;
    saveCsv(name, ["kind", "clip", "modality", "before", "after", "scores"], changeRows(found));
  };
  return (
    <>
      <Button
        variant="default"
        loading={all.isPending}
        onClick={() => all.mutate(undefined, { onSuccess: save })}
      >
        {t("action.download")} CSV
      </Button>
      {all.error && <Failure error={all.error} />}
    </>
  );
}
