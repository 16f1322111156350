/** What varies in a sweep: settings to tick, each with a range that can be changed. */
import { Checkbox, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dimensionOf, type SpaceLine } from "./space";
import look from "./sweeps.module.css";

interface SpaceFieldsProps {
  offered: readonly SpaceLine[];
  vary: Readonly<Record<string, SpaceLine>>;
  onChange: (vary: Record<string, SpaceLine>) => void;
}

export function SpaceFields({ offered, vary, onChange }: SpaceFieldsProps) {
  const { t } = useTranslation("sweeps");
  const toggle = (line: SpaceLine) => {
    const { [line.setting]: chosen, ...rest } = vary;
    onChange(chosen ? rest : { ...rest, [line.setting]: line });
  };
  return (
    <fieldset className={look.space}>
      <Text component="legend" fw={600}>
        {t("form.space")}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t("form.spaceWhy")}
      </Text>
      <div className={look.lines}>
        {offered.map((line) => {
          const chosen = vary[line.setting];
          const shown = chosen ?? line;
          return (
            <div key={line.setting} className={look.line}>
              <Checkbox
                label={<code>{breakable(line.setting)}</code>}
                checked={Boolean(chosen)}
                onChange={() => toggle(line)}
              />
              <TextInput
                size="xs"
                aria-label={t("form.range", { setting: line.setting })}
                value={shown.range}
                disabled={!chosen}
                error={
                  chosen && !dimensionOf(chosen)
                    ? t(`form.rangeWrong.${line.kind === "choice" ? "choice" : "range"}`)
                    : undefined
                }
                rightSection={
                  <Text size="xs" c="dimmed">
                    {t(`kind.${line.kind}`)}
                  </Text>
                }
                rightSectionWidth={72}
                onChange={(event) =>
                  onChange({ ...vary, [line.setting]: { ...shown, range: event.currentTarget.value } })
                }
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/** A name that wraps between its words, by spaces without width. */
const breakable = (name: string) => name.replaceAll(/[._]/g, "$&\u200b");
