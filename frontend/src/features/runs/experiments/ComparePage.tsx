/** Two runs on the same test clips: every metric, the difference, and how likely chance alone is to make it. */
import { Group, Select, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { Computed } from "@/shared/analyses/Computed";
import { moment } from "@/shared/format";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { type Run, useRuns } from "../hooks";
import { isShare, METRICS } from "../metrics";
import look from "../runs.module.css";
import { useRunWords } from "../runWords";
import { effectText, figure } from "./figures";
import { type RunComparison, useComparison } from "./hooks";
import "../words";
import { Scroll } from "@/shared/parts/Scroll";

export default function ComparePage() {
  const { t } = useTranslation("runs");
  const project = useParams().project ?? "";
  const [address, setAddress] = useSearchParams();
  const [first, second] = [address.get("first") ?? "", address.get("second") ?? ""];
  const runs = useRuns(project);
  const comparison = useComparison(first, second);
  const choose = (name: string, id: string | null) =>
    setAddress(
      (before) => {
        before.set(name, id ?? "");
        return before;
      },
      { replace: true },
    );
  return (
    <Page title={t("compare.title")} under={{ to: `/projects/${project}/runs`, name: t("title") }}>
      <Loaded query={runs}>
        {({ pages }) => {
          const finished = pages.flatMap((page) => page.results).filter((run) => run.metrics);
          return (
            <Group mb="md" align="end" wrap="wrap">
              <RunSelect
                label={t("compare.first")}
                runs={finished}
                value={first}
                onChange={(id) => choose("first", id)}
              />
              <RunSelect
                label={t("compare.second")}
                runs={finished.filter((run) => run.id !== first && sameVersion(run, first, finished))}
                value={second}
                onChange={(id) => choose("second", id)}
              />
            </Group>
          );
        }}
      </Loaded>
      {first && second ? (
        <Computed query={comparison}>{(data) => <Compared of={data} />}</Computed>
      ) : (
        <Text c="dimmed">{t("compare.choose")}</Text>
      )}
    </Page>
  );
}

function sameVersion(run: Run, first: string, runs: readonly Run[]): boolean {
  const chosen = runs.find((one) => one.id === first);
  return !chosen || chosen.version === run.version;
}

interface RunSelectProps {
  label: string;
  runs: readonly Run[];
  value: string;
  onChange: (id: string | null) => void;
}

function RunSelect({ label, runs, value, onChange }: RunSelectProps) {
  const { i18n } = useTranslation();
  const words = useRunWords();
  return (
    <Select
      label={label}
      w={{ base: "100%", sm: 520 }}
      searchable
      data={runs.map((run) => ({
        value: run.id,
        label: [moment(run.created_at, i18n.language), words.model(run), words.settings(run), run.seed].join(
          " · ",
        ),
      }))}
      value={value || null}
      onChange={onChange}
    />
  );
}

function Compared({ of }: { of: RunComparison }) {
  const { t } = useTranslation("runs");
  return (
    <>
      <Scroll minWidth={420}>
        <Table className={look.table} maw={720}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("compare.metric")}</Table.Th>
              {(["first", "second", "effect", "p"] as const).map((name) => (
                <Table.Th key={name} className={look.number}>
                  {t(`compare.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {METRICS.map((name) => {
              const { first, second, effect, p } = of.metrics[name];
              return (
                <Table.Tr key={name}>
                  <Table.Td title={t(`metricWhy.${name}`)}>
                    {t(`metric.${name}`)}
                    {isShare(name) && " %"}
                  </Table.Td>
                  <Table.Td className={look.number}>{figure(name, first)}</Table.Td>
                  <Table.Td className={look.number}>{figure(name, second)}</Table.Td>
                  <Table.Td className={look.number}>{effectText(name, effect)}</Table.Td>
                  <Table.Td className={look.number}>{p === null ? "–" : p.toFixed(3)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Scroll>
      <Text size="xs" c="dimmed" mt={4}>
        {t("compare.why", { count: of.clips, modality: t(`modality.${of.task}`, { ns: "shared" }) })}
      </Text>
    </>
  );
}
