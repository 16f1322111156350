/** The clips as the version froze them. */
import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { ClipDrawer } from "../clips/ClipDrawer";
import { ClipTable } from "../clips/ClipTable";
import { cursorOf } from "../clips/filters";
import { useVersionClips, type VersionSplit } from "./hooks";

const SPLITS = ["train", "valid", "test", "unsupervised"] as const;

export function VersionClips({ version }: { version: string }) {
  const { t } = useTranslation(["datasets", "shared"]);
  const [split, setSplit] = useState<VersionSplit | "all">("all");
  const [cursor, setCursor] = useState<string>();
  const [shown, setShown] = useState<string | null>(null);
  const clips = useVersionClips(version, split === "all" ? undefined : split, cursor);
  const choose = (next: string) => {
    setSplit(next as typeof split);
    setCursor(undefined);
  };
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t("version.split")}
      value={split}
      onChange={choose}
      data={[
        { value: "all", label: t("version.allSplits") },
        ...SPLITS.map((name) => ({
          value: name,
          label: t(`shared:split.${name === "unsupervised" ? "none" : name}`),
        })),
      ]}
    />
  );
  return (
    <Section title={t("version.clips")} actions={choice}>
      <Loaded query={clips}>
        {({ results, next }) => (
          <>
            <ClipTable clips={results} onOpen={setShown} />
            {next && (
              <Button mt="sm" variant="default" onClick={() => setCursor(cursorOf(next) ?? undefined)}>
                {t("clips.next")}
              </Button>
            )}
          </>
        )}
      </Loaded>
      <ClipDrawer id={shown} onClose={() => setShown(null)} />
    </Section>
  );
}
