/** Shares of the five classes in each modality. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Figure } from "@/shared/charts/Figure";
import { useInk } from "@/shared/charts/theme";
import { MODALITIES } from "@/shared/vocabulary/modality";
import { CLASSES } from "@/shared/vocabulary/scale";
import { type ClassRow, classBars } from "./classBars";
import type { Figures } from "./hooks";

/** Percent from which a part is wide enough for the name of its class. */
const NAMED_FROM = 9;

export function ClassChart({ classes }: { classes: Figures["classes"] }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const ink = useInk();
  const rows = useMemo<ClassRow[]>(
    () =>
      MODALITIES.map((modality) => {
        const counts = CLASSES.map((one) => classes[modality][one] ?? 0);
        const total = counts.reduce((sum, one) => sum + one, 0);
        return { name: t(`shared:modality.${modality}`), counts, total };
      }),
    [classes, t],
  );
  const option = useMemo(
    () =>
      classBars(
        rows,
        {
          length: (clips, { total }) => (100 * clips) / Math.max(1, total),
          namedFrom: NAMED_FROM,
          scale: { min: 0, max: 100, axisLabel: { color: ink.quiet, formatter: "{value} %" } },
        },
        ink,
      ),
    [rows, ink],
  );
  const numbers = () => ({
    header: ["modality", ...CLASSES],
    rows: rows.map((row, place) => [MODALITIES[place], ...row.counts]),
  });
  return (
    <Figure title={t("version.classes")} name="classes" option={option} numbers={numbers} height={190} />
  );
}
