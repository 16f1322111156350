/** How the supervised clips fall to the three splits, and each split to the five classes. */
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import { percent, whole } from "@/shared/format";
import { CLASS_COLOURS, CLASSES, inkOn } from "@/shared/vocabulary/scale";
import own from "../datasets.module.css";

export function SplitBars({ statistics }: { statistics: Statistics }) {
  const { t } = useTranslation();
  const rows = statistics.table1.filter((row) => row.split in statistics.splits);
  const largest = Math.max(...rows.map((row) => row.total), 1);
  return (
    <div>
      {rows.map((row) => (
        <div key={row.split} className={own.barRow}>
          <span>{t(`split.${row.split as "train" | "valid" | "test"}`)}</span>
          <div className={own.bar} style={{ width: `${(100 * row.total) / largest}%` }}>
            {CLASSES.filter((one) => row[one]).map((one) => (
              <div
                key={one}
                style={{
                  flexGrow: row[one] ?? 0,
                  flexBasis: 0,
                  background: CLASS_COLOURS[one],
                  color: inkOn(CLASS_COLOURS[one]),
                }}
                title={`${t(`class.${one}`)}: ${row[one]} (${percent((row[one] ?? 0) / row.total)} %)`}
              >
                <span>{one}</span>
              </div>
            ))}
          </div>
          <span>{whole(row.total)}</span>
        </div>
      ))}
    </div>
  );
}
