/** One frozen version at a glance: its table, its files, its features, its clips. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Version } from "@/api/versions";
import { duration, moment, whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Section } from "@/shared/parts/Page";
import own from "../datasets.module.css";
import { ClassTable } from "./ClassTable";
import { Exports } from "./Exports";
import { FeatureSets } from "./FeatureSets";
import { Isolated } from "./Isolated";
import { LeftOut } from "./LeftOut";
import { Provenance } from "./Provenance";
import { VersionClips } from "./VersionClips";
import { useFramedVersion } from "./VersionFrame";

export default function VersionPage() {
  const { t } = useTranslation("datasets");
  const version = useFramedVersion();
  const { statistics } = version;
  return (
    <>
      <VersionFacts version={version} />
      <Section title={t("version.table")}>
        <ClassTable rows={statistics.table1} />
        <Text size="xs" c="dimmed" mt={4}>
          {t("version.tableHint")}
        </Text>
        <LeftOut leftOut={statistics.left_out} />
      </Section>
      {statistics.provenance && <Provenance of={statistics.provenance} sources={statistics.sources} />}
      <Isolated reports={statistics.isolation ?? []} />
      <Exports version={version.id} withdrawn={version.withdrawn_at !== null} />
      <FeatureSets version={version.id} />
      <VersionClips version={version.id} />
    </>
  );
}

function VersionFacts({ version }: { version: Version }) {
  const { t, i18n } = useTranslation("datasets");
  const { statistics } = version;
  return (
    <>
      {version.notes && <p>{version.notes}</p>}
      <Facts
        of={[
          [t("versions.clips"), whole(statistics.clips)],
          [t("versions.supervised"), whole(statistics.supervised)],
          [t("version.sources"), whole(statistics.sources)],
          [t("version.speakers"), whole(statistics.speakers)],
          [t("version.length"), duration(statistics.milliseconds.all / 1000 || null)],
          [t("version.scores"), whole(statistics.scores)],
          [t("version.simulatedScores"), whole(statistics.simulated_scores)],
          [t("versions.seed"), version.seed],
          [t("versions.parent"), <Parent key="parent" version={version} />],
          [t("versions.author"), version.author ?? "–"],
          [t("versions.published"), moment(version.created_at, i18n.language)],
        ]}
      />
      <p className={own.digest}>
        {t("versions.digest")} <code>{version.sha256}</code>
      </p>
    </>
  );
}

function Parent({ version: { project, parent, parent_number } }: { version: Version }) {
  return parent ? <Link to={`/projects/${project}/versions/${parent}`}>{parent_number}</Link> : "–";
}
