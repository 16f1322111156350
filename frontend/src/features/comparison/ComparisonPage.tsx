/** Tables 2, 3 and 4 of the paper: what was published, and under it what was measured on this version. */
import { Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Loaded } from "@/shared/parts/Notices";
import { useFramedVersion } from "../datasets/versions/VersionFrame";
import { featuresText } from "./figures";
import { useComparison, type Variant } from "./hooks";
import { PaperTableSection } from "./PaperTable";
import "./words";

export default function ComparisonPage() {
  const { t } = useTranslation("comparison");
  const version = useFramedVersion();
  const [address, setAddress] = useSearchParams();
  const recipe: Variant = address.get("recipe") === "paper" ? "paper" : "released";
  const features = address.get("features") ?? "";
  const query = useComparison(version.id, recipe, features);
  const change = (name: string, value: string) =>
    setAddress((before) => {
      before.set(name, value);
      return before;
    });
  const file = (kind: "csv" | "latex") =>
    `/api/versions/${version.id}/comparison/${kind}/?${new URLSearchParams({ recipe, features })}`;
  return (
    <Loaded query={query}>
      {(comparison) => (
        <>
          <Text c="dimmed" maw={820} mb="md">
            {t("intro", { number: version.number })}
          </Text>
          <Group align="end" mb="lg">
            <SegmentedControl
              aria-label={t("recipe")}
              data={(["released", "paper"] as const).map((value) => ({ value, label: t(value) }))}
              value={recipe}
              onChange={(value) => change("recipe", value)}
            />
            {comparison.choices.length > 0 && (
              <Select
                aria-label={t("features")}
                w={300}
                allowDeselect={false}
                data={comparison.choices.map((value) => ({ value, label: featuresText(value) }))}
                value={comparison.features}
                onChange={(value) => value && change("features", value)}
              />
            )}
            <Group ms="auto" gap="xs">
              <Button component="a" href={file("csv")} download variant="default" size="compact-sm">
                CSV
              </Button>
              <Button component="a" href={file("latex")} download variant="default" size="compact-sm">
                LaTeX
              </Button>
            </Group>
          </Group>
          {comparison.tables.map((table) => (
            <PaperTableSection key={table.number} table={table} />
          ))}
        </>
      )}
    </Loaded>
  );
}
