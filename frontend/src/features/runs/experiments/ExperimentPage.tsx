/** One experiment: spread and intervals of its scores, and the runs behind them. */
import { Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { Computed } from "@/shared/analyses/Computed";
import { moment } from "@/shared/format";
import { ModalityMark, SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page, Section } from "@/shared/parts/Page";
import { isShare, METRICS, metricText, tasksOf } from "../metrics";
import { RunState } from "../RunTable";
import look from "../runs.module.css";
import { useRunWords } from "../runWords";
import { intervalText, spreadText } from "./figures";
import { type ExperimentDetail, useExperiment, useIntervals } from "./hooks";
import "../words";
import { Scroll } from "@/shared/parts/Scroll";

export default function ExperimentPage() {
  const { t, i18n } = useTranslation("runs");
  const { project = "", experiment: id = "" } = useParams();
  const query = useExperiment(id);
  const name = query.data?.name || moment(query.data?.created_at, i18n.language);
  return (
    <Page
      title={t("experiments.one", { name })}
      under={{ to: `/projects/${project}/experiments`, name: t("experiments.title") }}
      marks={query.data?.simulated && <SimulatedMark />}
    >
      <Loaded query={query}>
        {(data) => (
          <>
            <Scores experiment={data} />
            <Runs experiment={data} project={project} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Heads() {
  const { t } = useTranslation("runs");
  return METRICS.map((name) => (
    <Table.Th key={name} className={look.number} title={t(`metricWhy.${name}`)}>
      {t(`metric.${name}`)}
      {isShare(name) && " %"}
    </Table.Th>
  ));
}

function Scores({ experiment }: { experiment: ExperimentDetail }) {
  const { t } = useTranslation("runs");
  const words = useRunWords();
  const [first] = experiment.runs;
  const tasks = tasksOf(experiment.spreads);
  const done = experiment.runs.filter((run) => run.metrics).length;
  const query = useIntervals(experiment.id, done);
  const intervals = query.data?.data?.intervals;
  if (!first) return null;
  return (
    <Section title={t("experiments.scores", { count: done })}>
      <Text size="sm" mb="xs">
        {[words.model(first), words.settings(first), experiment.version_number].join(" · ")}
      </Text>
      {tasks.length === 0 ? (
        <Text c="dimmed">{t("experiments.waiting")}</Text>
      ) : (
        <Scroll minWidth={960}>
          <Table className={look.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("metrics.prediction")}</Table.Th>
                <Heads />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tasks.map((task) => (
                <Table.Tr key={task} fw={task === first.main_task ? 600 : undefined}>
                  <Table.Td>
                    <ModalityMark modality={task} />
                  </Table.Td>
                  {METRICS.map((name) => (
                    <Table.Td key={name} className={look.number}>
                      {spreadText(name, experiment.spreads[task]?.[name])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
              {intervals && (
                <Table.Tr c="dimmed" fz="xs">
                  <Table.Td>{t("experiments.interval")}</Table.Td>
                  {METRICS.map((name) => (
                    <Table.Td key={name} className={look.number}>
                      {intervalText(name, intervals[name])}
                    </Table.Td>
                  ))}
                </Table.Tr>
              )}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {done > 0 && (query.data?.analysis || query.error) && <Computed query={query}>{() => null}</Computed>}
      <Text size="xs" c="dimmed" mt={4}>
        {t("experiments.why")}
      </Text>
    </Section>
  );
}

function Runs({ experiment, project }: { experiment: ExperimentDetail; project: string }) {
  const { t } = useTranslation("runs");
  return (
    <Section title={t("title")}>
      <Scroll minWidth={860}>
        <Table className={look.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("column.seed")}</Table.Th>
              <Table.Th>{t("column.state")}</Table.Th>
              <Heads />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {experiment.runs.map((run) => (
              <Table.Tr key={run.id}>
                <Table.Td>
                  <Link to={`/projects/${project}/runs/${run.id}`} className={look.link}>
                    {run.seed}
                  </Link>
                </Table.Td>
                <Table.Td>
                  <RunState run={run} />
                </Table.Td>
                {METRICS.map((name) => (
                  <Table.Td key={name} className={look.number}>
                    {metricText(name, run.metrics?.test[run.main_task])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}
