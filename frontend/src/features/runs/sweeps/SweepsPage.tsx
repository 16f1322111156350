/** The sweeps of a project: searches for better settings, and what each has found so far. */
import { Button, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useProject } from "@/api/projects";
import { useVersions } from "@/api/versions";
import { decimal, moment } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { Scroll } from "@/shared/parts/Scroll";
import { NoVersion } from "../NoVersion";
import look from "../runs.module.css";
import { type Sweep, useSweeps } from "./hooks";
import { SweepForm } from "./SweepForm";
import { useBaseRecipe } from "./sweepWords";
import "../words";
import "./words";

export default function SweepsPage() {
  const { t } = useTranslation("sweeps");
  const project = useParams().project ?? "";
  const [address, setAddress] = useSearchParams();
  const simulated = useProject(project).data?.simulated;
  const sweeps = useSweeps(project);
  const versions = useVersions(project);
  const first = versions.data?.[0];
  const launch = <Button onClick={() => setAddress({ launch: "1" })}>{t("launch")}</Button>;
  return (
    <Page
      title={t("title")}
      under={{ to: `/projects/${project}/runs`, name: t("title", { ns: "runs" }) }}
      marks={simulated && <SimulatedMark />}
      actions={first && launch}
    >
      <Text c="dimmed" mb="md">
        {t("about")}
      </Text>
      <Loaded query={sweeps}>
        {({ results }) =>
          results.length > 0 ? (
            <Sweeps rows={results} />
          ) : versions.data?.length === 0 ? (
            <NoVersion project={project} />
          ) : (
            <Empty action={first && launch}>{t("none")}</Empty>
          )
        }
      </Loaded>
      {address.get("launch") && first && (
        <SweepForm versions={versions.data ?? []} first={first} onClose={() => setAddress({})} />
      )}
    </Page>
  );
}

function Sweeps({ rows }: { rows: readonly Sweep[] }) {
  const { t } = useTranslation("sweeps");
  return (
    <Scroll minWidth={760}>
      <Table className={look.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("column.sweep")}</Table.Th>
            <Table.Th>{t("column.version")}</Table.Th>
            <Table.Th>{t("column.recipe")}</Table.Th>
            <Table.Th>{t("column.settings")}</Table.Th>
            <Table.Th>{t("column.state")}</Table.Th>
            <Table.Th className={look.number}>{t("column.trials")}</Table.Th>
            <Table.Th className={look.number}>{t("column.best")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function Row({ row }: { row: Sweep }) {
  const { t, i18n } = useTranslation("sweeps");
  const baseRecipe = useBaseRecipe();
  return (
    <Table.Tr>
      <Table.Td className={look.wrapped}>
        <Link to={row.id} className={look.link}>
          {row.name || moment(row.created_at, i18n.language)}
        </Link>
      </Table.Td>
      <Table.Td>{row.version_number}</Table.Td>
      <Table.Td>{baseRecipe(row)}</Table.Td>
      <Table.Td className={look.settingsWrapped}>
        {row.space.map(({ setting }) => setting).join(", ")}
      </Table.Td>
      <Table.Td>{t(`state.${row.state}`)}</Table.Td>
      <Table.Td className={look.number}>
        {row.trials_ended} / {row.trials_wanted}
      </Table.Td>
      <Table.Td className={look.number}>
        {row.best_value === null ? "–" : `${t(`objective.${row.objective}`)} ${decimal(row.best_value, 4)}`}
      </Table.Td>
    </Table.Tr>
  );
}
