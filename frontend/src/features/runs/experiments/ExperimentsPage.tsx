/** The experiments of a project: one recipe, several seeds, and the spread of their scores. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useProject } from "@/api/projects";
import { useVersions } from "@/api/versions";
import { moment } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { isShare } from "../metrics";
import { NoVersion } from "../NoVersion";
import look from "../runs.module.css";
import { useRunWords } from "../runWords";
import { SHOWN_METRICS } from "../table";
import { spreadText } from "./figures";
import { type Experiment, useExperiments } from "./hooks";
import "../words";
import { Scroll } from "@/shared/parts/Scroll";

export default function ExperimentsPage() {
  const { t } = useTranslation("runs");
  const project = useParams().project ?? "";
  const simulated = useProject(project).data?.simulated;
  const experiments = useExperiments(project);
  const versions = useVersions(project).data;
  const launch = (
    <Button component={Link} to={`/projects/${project}/runs?launch=1&seeds=five`}>
      {t("experiments.launch")}
    </Button>
  );
  return (
    <Page
      title={t("experiments.title")}
      under={{ to: `/projects/${project}/runs`, name: t("title") }}
      marks={simulated && <SimulatedMark />}
      actions={versions?.length !== 0 && launch}
    >
      <Loaded query={experiments}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.results);
          if (versions?.length === 0) return <NoVersion project={project} />;
          if (rows.length === 0) return <Empty action={launch}>{t("experiments.none")}</Empty>;
          return (
            <>
              <Experiments rows={rows} />
              {experiments.hasNextPage && (
                <Button
                  variant="default"
                  mt="md"
                  loading={experiments.isFetchingNextPage}
                  onClick={() => experiments.fetchNextPage()}
                >
                  {t("action.more", { ns: "shared" })}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** Mean and deviation take room: the rest stands on the experiment's own page. */
const METRICS_IN_TABLE = SHOWN_METRICS.filter((name) => name !== "r2");

function Experiments({ rows }: { rows: readonly Experiment[] }) {
  const { t } = useTranslation("runs");
  return (
    <>
      <Text size="xs" c="dimmed" mb={4}>
        {t("experiments.of")}
      </Text>
      <Scroll minWidth={960}>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column.created")}</Table.Th>
              <Table.Th>{t("column.version")}</Table.Th>
              <Table.Th>{t("column.model")}</Table.Th>
              <Table.Th>{t("column.recipe")}</Table.Th>
              <Table.Th className={look.number}>{t("experiments.finished")}</Table.Th>
              {METRICS_IN_TABLE.map((name) => (
                <Table.Th key={name} className={look.number} title={t(`metricWhy.${name}`)}>
                  {t(`metric.${name}`)}
                  {isShare(name) && " %"}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </>
  );
}

function Row({ row }: { row: Experiment }) {
  const { i18n } = useTranslation();
  const words = useRunWords();
  const [first] = row.runs;
  if (!first) return null;
  const done = row.runs.filter((run) => run.state === "succeeded").length;
  return (
    <Table.Tr>
      <Table.Td className={look.wrapped}>
        <Link to={row.id} className={look.link}>
          {row.name || moment(row.created_at, i18n.language)}
        </Link>
      </Table.Td>
      <Table.Td>{row.version_number}</Table.Td>
      <Table.Td className={look.wrapped}>{words.model(first)}</Table.Td>
      <Table.Td className={look.settingsWrapped}>{words.settings(first)}</Table.Td>
      <Table.Td className={look.number}>
        {done} / {row.runs.length}
      </Table.Td>
      {METRICS_IN_TABLE.map((name) => (
        <Table.Td key={name} className={look.number}>
          {spreadText(name, row.spreads[first.main_task]?.[name])}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
