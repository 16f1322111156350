/** The table of runs: settings, state, and the figures of the multimodal prediction on the test split. */
import { Progress, Table, Text, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment } from "@/shared/format";
import { Said } from "@/shared/parts/Said";
import { Scroll } from "@/shared/parts/Scroll";
import type { Run } from "./hooks";
import { isShare, mainMetrics, metricText } from "./metrics";
import look from "./runs.module.css";
import { useRunWords } from "./runWords";
import { SortableHead } from "./SortableHead";
import { COLUMNS, type Order, SHOWN_METRICS } from "./table";

interface RunTableProps {
  runs: readonly Run[];
  order: Order;
  onOrder: (asked: string) => void;
}

export function RunTable({ runs, order, onOrder }: RunTableProps) {
  const { t } = useTranslation("runs");
  return (
    <Scroll minWidth={1080}>
      <Table
        highlightOnHover
        verticalSpacing={6}
        horizontalSpacing={8}
        className={`${look.table} ${look.anchored}`}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Td colSpan={COLUMNS.length} />
            <Table.Th colSpan={SHOWN_METRICS.length} className={look.group}>
              {t("of")}
            </Table.Th>
          </Table.Tr>
          <Table.Tr>
            {COLUMNS.map((column) => (
              <SortableHead key={column} column={column} order={order} onOrder={onOrder}>
                {t(`column.${column}`)}
              </SortableHead>
            ))}
            {SHOWN_METRICS.map((name) => (
              <SortableHead
                key={name}
                column={name}
                order={order}
                onOrder={onOrder}
                why={t(`metricWhy.${name}`)}
              >
                {t(`metric.${name}`)}
                {isShare(name) && " %"}
              </SortableHead>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

function RunRow({ run }: { run: Run }) {
  const { i18n } = useTranslation();
  const words = useRunWords();
  return (
    <Table.Tr>
      <Table.Td>
        <Link to={run.id} className={look.link}>
          {moment(run.created_at, i18n.language)}
        </Link>
      </Table.Td>
      <Table.Td>{run.version_number}</Table.Td>
      <Table.Td className={look.wrapped}>{words.model(run)}</Table.Td>
      <Table.Td className={look.settingsWrapped}>{words.settings(run)}</Table.Td>
      <Table.Td className={look.number}>{run.seed}</Table.Td>
      <Table.Td>
        <RunState run={run} />
      </Table.Td>
      {SHOWN_METRICS.map((name) => (
        <Table.Td key={name} className={look.number}>
          {metricText(name, mainMetrics(run))}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** The state in a word; a bar with the epoch while it runs, the reason on hover where it failed. */
export function RunState({ run }: { run: Run }) {
  const { t } = useTranslation("runs");
  const word = useRunWords().state(run);
  if (run.state === "running")
    return (
      <div className={look.running}>
        <Progress value={(100 * run.epochs_done) / run.most_epochs} size={6} aria-label={word} />
        <Text size="xs" c="dimmed">
          {t("epochs", { done: run.epochs_done, most: run.most_epochs })}
        </Text>
      </div>
    );
  return (
    <Tooltip label={run.failure && <Said of={run.failure} />} disabled={!run.failure} multiline maw={360}>
      <span className={look.state} data-state={run.state}>
        {word}
      </span>
    </Tooltip>
  );
}
