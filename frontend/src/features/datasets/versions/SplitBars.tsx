/** How the supervised clips fall to the three splits, and each split to the five classes. */
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { CLASSES } from "@/shared/vocabulary/scale";
import { classBars } from "./classBars";

/** Share of the largest split from which a part is wide enough for the name of its class. */
const NAMED_FROM = 0.17;

export function SplitBars({ statistics }: { statistics: Statistics }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const ink = useInk();
  const splits = statistics.table1.filter((row) => row.split in statistics.splits);
  const largest = Math.max(...splits.map((row) => row.total), 1);
  const rows = splits.map((row) => ({
    name: t(`shared:split.${row.split as "train" | "valid" | "test"}`),
    counts: CLASSES.map((one) => row[one] ?? 0),
    total: row.total,
  }));
  const lengths = {
    length: (clips: number) => clips,
    namedFrom: NAMED_FROM * largest,
    scale: { minInterval: 1 },
  };
  return (
    <Figure
      title={t("version.splits")}
      name="splits"
      option={classBars(rows, lengths, ink)}
      numbers={() => ({
        header: ["split", "total", ...CLASSES],
        rows: splits.map((row) => [row.split, row.total, ...CLASSES.map((one) => row[one])]),
      })}
      height={60 + 36 * rows.length}
    />
  );
}
