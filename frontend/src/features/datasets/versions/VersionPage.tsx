/** One frozen version: its table, its splits, its files, its features. */
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { duration, moment, whole } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import own from "../datasets.module.css";
import "../words";
import { useVersion, type Version } from "@/api/versions";
import { ClassChart } from "./ClassChart";
import { ClassTable } from "./ClassTable";
import { Exports } from "./Exports";
import { FeatureSets } from "./FeatureSets";
import { LeftOut } from "./LeftOut";
import { SplitBars } from "./SplitBars";
import { VersionClips } from "./VersionClips";

export default function VersionPage() {
  const { version = "" } = useParams();
  const query = useVersion(version);
  return <Loaded query={query}>{(found) => <VersionContents version={found} />}</Loaded>;
}

function VersionContents({ version }: { version: Version }) {
  const { t } = useTranslation("datasets");
  const { statistics, project } = version;
  return (
    <Page
      title={t("version.title", { number: version.number })}
      under={{ to: `/projects/${project}/versions`, name: t("versions.title") }}
      marks={version.simulated && <SimulatedMark />}
      actions={
        <>
          <Button component="a" href={`/api/versions/${version.id}/manifest/`} download variant="default">
            {t("version.manifest")}
          </Button>
          <Button component={Link} to={`/projects/${project}/runs?launch=1&version=${version.id}`}>
            {t("version.runs")}
          </Button>
        </>
      }
    >
      <VersionFacts version={version} />
      <Section title={t("version.table")}>
        <ClassTable rows={statistics.table1} />
        <Text size="xs" c="dimmed" mt={4}>
          {t("version.tableHint")}
        </Text>
        <LeftOut leftOut={statistics.left_out} />
      </Section>
      <Section title={t("version.splits")}>
        <SplitBars statistics={statistics} />
        <Leaks leaks={statistics.leaks} />
      </Section>
      <section className={own.chart} aria-label={t("version.classes")}>
        <ClassChart classes={statistics.classes} />
      </section>
      <Exports version={version.id} />
      <FeatureSets version={version.id} />
      <VersionClips version={version.id} />
    </Page>
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
          [t("version.length"), duration(statistics.milliseconds.all / 1000)],
          [t("version.scores"), whole(statistics.scores)],
          [t("version.simulatedScores"), whole(statistics.simulated_scores)],
          [t("versions.seed"), version.seed],
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

function Leaks({ leaks }: { leaks: Version["statistics"]["leaks"] }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const found = [...leaks.sources, ...leaks.speakers];
  if (found.length === 0) return <Text c="dimmed">{t("version.leaksNone")}</Text>;
  return (
    <details>
      <summary>
        {t("version.leaks")}: {found.length}
      </summary>
      <ul className={own.wordsList}>
        {found.map((leak) => (
          <li key={leak.name}>
            {leak.name}: {leak.splits.join(", ")}
          </li>
        ))}
      </ul>
    </details>
  );
}
