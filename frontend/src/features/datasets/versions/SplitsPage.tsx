/** How the clips were split, whether that leaks, and what could be kept together. */
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Section } from "@/shared/parts/Page";
import { Copies } from "./Copies";
import { Feasibility } from "./Feasibility";
import { Leaks } from "./Leaks";
import { SplitBars } from "./SplitBars";
import { useFramedVersion } from "./VersionFrame";

const SPLITS = ["train", "valid", "test"] as const;

export default function SplitsPage() {
  const { t } = useTranslation(["versions", "shared"]);
  const { id, seed, statistics } = useFramedVersion();
  const by = statistics.split_by as "speaker" | "source" | "clip" | undefined;
  return (
    <>
      <SplitBars statistics={statistics} />
      <Section title={t("splits.made")}>
        <Facts
          of={[
            [t("splits.seed"), seed],
            [t("splits.together"), by ? t(`splits.by.${by}`) : "–"],
            ...SPLITS.map(
              (split) =>
                [
                  t("splits.distance", { split: t(`shared:split.${split}`) }),
                  decimal(statistics.class_distance[split]),
                ] as const,
            ),
          ]}
        />
      </Section>
      <Section title={t("splits.leaks")}>
        <Leaks leaks={statistics.leaks} />
        <Copies version={id} />
      </Section>
      {statistics.feasibility && <Feasibility found={statistics.feasibility} />}
    </>
  );
}
