/** Clips that show what a score means in this stage, one at a time, with the reason; opened with one key. */
import { Modal, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signed } from "@/shared/format";
import { Loaded } from "@/shared/parts/Notices";
import type { Modality } from "@/shared/vocabulary/modality";
import { inkOn, type Score, scoreColour } from "@/shared/vocabulary/scale";
import { Player, type PlayerHandle } from "../Player";
import { Transcript } from "../Transcript";
import look from "./before.module.css";
import { asShown, type Standard, useStandards } from "./hooks";

interface StandardsProps {
  campaign: string;
  modality: Modality;
  opened: boolean;
  onClose: () => void;
}

export function StandardsDialog({ campaign, modality, opened, onClose }: StandardsProps) {
  const { t } = useTranslation("labeling");
  const query = useStandards(campaign, modality, opened);
  return (
    <Modal opened={opened} onClose={onClose} title={t("standards.title")} size="lg">
      <Loaded query={query}>
        {(standards) =>
          standards.length === 0 ? (
            <Text>{t("standards.none")}</Text>
          ) : (
            <Standards standards={standards} modality={modality} onExpired={() => void query.refetch()} />
          )
        }
      </Loaded>
    </Modal>
  );
}

interface ListProps {
  standards: readonly Standard[];
  modality: Modality;
  onExpired: () => void;
}

function Standards({ standards, modality, onExpired }: ListProps) {
  const { t } = useTranslation("labeling");
  const [chosen, choose] = useState<number>();
  const shown = standards.find((one) => one.reference === chosen);
  return (
    <>
      <Text c="dimmed">{t("standards.hint")}</Text>
      <div className={look.standards}>
        {standards.map((one) => (
          <StandardKey
            key={one.reference}
            standard={one}
            chosen={one === shown}
            onChoose={() => choose(one.reference)}
          />
        ))}
      </div>
      {shown && (
        <StandardClip key={shown.reference} standard={shown} modality={modality} onExpired={onExpired} />
      )}
    </>
  );
}

interface KeyProps {
  standard: Standard;
  chosen: boolean;
  onChoose: () => void;
}

function StandardKey({ standard, chosen, onChoose }: KeyProps) {
  const { t } = useTranslation();
  const score = standard.score as Score;
  const colour = scoreColour(score);
  return (
    <button
      type="button"
      className={look.standard}
      style={{ background: colour, color: inkOn(colour) }}
      aria-pressed={chosen}
      onClick={onChoose}
    >
      <b>{signed(score, 0)}</b> {t(`score.${score}`)}
    </button>
  );
}

function StandardClip({
  standard,
  modality,
  onExpired,
}: Omit<KeyProps, "chosen" | "onChoose"> & Pick<ListProps, "modality" | "onExpired">) {
  const player = useRef<PlayerHandle>(null);
  return (
    <section className={look.clip} aria-live="polite">
      {modality !== "text" && (
        <Player
          entry={asShown(standard)}
          modality={modality}
          handle={player}
          onEnd={nothing}
          onProgress={nothing}
          onExpired={onExpired}
        />
      )}
      <Transcript entry={standard} modality={modality} />
      <p className={look.reason}>{standard.reason}</p>
    </section>
  );
}

function nothing() {}
