/** Sources and speakers that are in several splits. */
import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Statistics } from "@/api/versions";
import own from "../datasets.module.css";

export function Leaks({ leaks }: { leaks: Statistics["leaks"] }) {
  const { t } = useTranslation("datasets");
  const found = [...leaks.sources, ...leaks.speakers];
  if (found.length === 0) return <Text>{t("version.leaksNone")}</Text>;
  return (
    <Alert color="yellow" variant="light" title={`${t("version.leaks")}: ${found.length}`}>
      <ul className={own.wordsList}>
        {found.map((leak) => (
          <li key={leak.name}>
            {leak.name}: {leak.splits.join(", ")}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
