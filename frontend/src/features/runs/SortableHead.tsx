/** The head of a column that sorts the table. */
import { Table, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import look from "./runs.module.css";
import { type Column, nextOrder, type Order } from "./table";

interface SortableHeadProps {
  column: Column;
  order: Order;
  onOrder: (asked: string) => void;
  /** What the column means, where its name does not say. */
  why?: string;
  children: ReactNode;
}

const LEFT: readonly Column[] = ["created", "version", "model", "recipe", "state"];

export function SortableHead({ column, order, onOrder, why, children }: SortableHeadProps) {
  const sorted = order.column === column;
  const Chevron = order.descending ? IconChevronDown : IconChevronUp;
  return (
    <Table.Th
      aria-sort={sorted ? (order.descending ? "descending" : "ascending") : undefined}
      className={LEFT.includes(column) ? undefined : look.number}
    >
      <Tooltip label={why} disabled={!why} multiline maw={280}>
        <button type="button" className={look.sort} onClick={() => onOrder(nextOrder(order, column))}>
          {children}
          {sorted && <Chevron size={14} aria-hidden />}
        </button>
      </Tooltip>
    </Table.Th>
  );
}
