/** Small signs with a fixed meaning: a label's colour, a modality's icon, simulated data. */
import { Tooltip } from "@mantine/core";
import { IconEye, IconQuote, IconStack2, IconVolume } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import type { Modality } from "@/shared/vocabulary/modality";
import { inkOn, labelColour } from "@/shared/vocabulary/scale";
import look from "./parts.module.css";

const ICONS = { text: IconQuote, audio: IconVolume, vision: IconEye, multimodal: IconStack2 };

export function ModalityMark({ modality, bare }: { modality: Modality; bare?: boolean }) {
  const { t } = useTranslation();
  const Icon = ICONS[modality];
  const name = t(`modality.${modality}`);
  return (
    <span className={look.mark} title={bare ? name : undefined}>
      <Icon
        size={16}
        color={`var(--modality-${modality})`}
        aria-hidden={!bare}
        aria-label={bare ? name : undefined}
      />
      {!bare && name}
    </span>
  );
}

/** A value in −1 … 1 on its colour of the scale. */
export function LabelChip({ value, digits = 1 }: { value: number | null | undefined; digits?: number }) {
  if (value === null || value === undefined)
    return <span className={`${look.chip} ${look.chipNone}`}>–</span>;
  const colour = labelColour(value);
  return (
    <span className={look.chip} style={{ background: colour, color: inkOn(colour) }}>
      {signed(value, digits)}
    </span>
  );
}

/** One annotator's score, −3 … 3, on the same colours. */
export function ScoreChip({ score }: { score: number }) {
  const colour = labelColour(score / 3);
  return (
    <span className={look.chip} style={{ background: colour, color: inkOn(colour), minWidth: 28 }}>
      {signed(score, 0)}
    </span>
  );
}

export function SimulatedMark() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t("simulatedWhy")} multiline w={260} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
      <span className={look.simulated} tabIndex={0}>
        {t("simulated")}
      </span>
    </Tooltip>
  );
}
