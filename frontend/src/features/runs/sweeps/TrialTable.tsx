/** Every trial of a sweep with what it took and what it came to; its own page has the curves. */
import { Table, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { decimal } from "@/shared/format";
import { Section } from "@/shared/parts/Page";
import { Said } from "@/shared/parts/Said";
import { Scroll } from "@/shared/parts/Scroll";
import runs from "../runs.module.css";
import type { SweepDetail, Trial } from "./hooks";
import { shortly } from "./sweepOptions";
import look from "./sweeps.module.css";

export function TrialTable({ sweep, project }: { sweep: SweepDetail; project: string }) {
  const { t } = useTranslation("sweeps");
  if (sweep.trials.length === 0) return <Text c="dimmed">{t("trials.none")}</Text>;
  return (
    <Section title={t("trials.title", { count: sweep.trials.length })}>
      <Scroll minWidth={400 + 110 * sweep.space.length}>
        <Table className={runs.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("trials.number")}</Table.Th>
              <Table.Th>{t("column.state")}</Table.Th>
              <Table.Th className={runs.number}>{t("trials.epochs")}</Table.Th>
              <Table.Th className={runs.number}>{t(`objective.${sweep.objective}`)}</Table.Th>
              {sweep.space.map(({ setting }) => (
                <Table.Th key={setting} className={runs.number}>
                  {setting}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sweep.trials.map((trial) => (
              <Row key={trial.number} trial={trial} sweep={sweep} project={project} />
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Section>
  );
}

function Row({ trial, sweep, project }: { trial: Trial; sweep: SweepDetail; project: string }) {
  const { t } = useTranslation("sweeps");
  return (
    <Table.Tr className={trial.number === sweep.best_number ? look.best : undefined}>
      <Table.Td>
        <Link to={`/projects/${project}/runs/${trial.run}`} className={runs.link}>
          {trial.number + 1}
        </Link>
      </Table.Td>
      <Table.Td c={trial.state === "failed" ? "red" : undefined}>
        <Tooltip
          label={trial.failure && <Said of={trial.failure} />}
          disabled={!trial.failure}
          multiline
          maw={360}
        >
          <span>{t(`state.${trial.state}`)}</span>
        </Tooltip>
      </Table.Td>
      <Table.Td className={runs.number}>{trial.epochs_done}</Table.Td>
      <Table.Td className={runs.number}>{trial.value === null ? "–" : decimal(trial.value, 4)}</Table.Td>
      {sweep.space.map(({ setting }) => {
        const value = trial.parameters[setting];
        return (
          <Table.Td key={setting} className={runs.number}>
            {value === undefined ? "–" : shortly(value)}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
