/** How the clips were split, whether that leaks, and what could be kept together. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { decimal } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Copies } from "./Copies";
import { Feasibility } from "./Feasibility";
import { useLeaks } from "./hooks";
import { Leaks } from "./Leaks";
import { SplitBars } from "./SplitBars";
import { useFramedVersion } from "./VersionFrame";

const SPLITS = ["train", "valid", "test"] as const;
type SplitName = (typeof SPLITS)[number];

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
          ]}
        />
      </Section>
      <Between version={id} />
      <Section title={t("splits.leaks")}>
        <Leaks leaks={statistics.leaks} />
        <Copies version={id} />
      </Section>
      {statistics.feasibility && <Feasibility found={statistics.feasibility} />}
    </>
  );
}

/** How far the class shares of every two splits lie apart. */
function Between({ version }: { version: string }) {
  const { t } = useTranslation(["versions", "shared"]);
  const report = useLeaks(version);
  const name = (split: string | undefined) => t(`shared:split.${split as SplitName}`);
  return (
    <Section title={t("splits.between")}>
      <Loaded query={report}>
        {({ between_splits, class_distance }) => (
          <Facts
            of={[
              ...between_splits.map(
                ({ splits, distance }) =>
                  [
                    t("splits.pair", { one: name(splits[0]), other: name(splits[1]) }),
                    decimal(distance),
                  ] as const,
              ),
              ...SPLITS.map(
                (split) =>
                  [t("splits.distance", { split: name(split) }), decimal(class_distance[split])] as const,
              ),
            ]}
          />
        )}
      </Loaded>
      <Text size="xs" c="dimmed" mt={4}>
        {t("splits.betweenHint")}
      </Text>
    </Section>
  );
}
