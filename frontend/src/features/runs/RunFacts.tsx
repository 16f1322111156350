/** What was run: the settings in short, and all of them. */
import { Code } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { shortHash } from "@/shared/format";
import { Facts } from "@/shared/parts/Facts";
import { Section } from "@/shared/parts/Page";
import { ofModel } from "./features";
import type { RunDetail } from "./hooks";
import look from "./runs.module.css";
import { useRunWords } from "./runWords";

export function RunFacts({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const words = useRunWords();
  const counts = { done: run.epochs_done, most: run.most_epochs, best: run.best_epoch };
  const epochs = t(run.best_epoch ? "facts.epochsBest" : "facts.epochsDone", counts);
  return (
    <Facts
      of={[
        [t("column.state"), words.state(run)],
        [
          t("facts.version"),
          <Link key="version" className={look.link} to={`/projects/${run.project}/versions/${run.version}`}>
            {run.version_number}
          </Link>,
        ],
        [t("column.model"), words.model(run)],
        [t("facts.recipe"), words.settings(run)],
        [t("facts.features"), Object.values(ofModel(run.model, run)).join(" · ")],
        [t("facts.seed"), run.seed],
        [t("facts.epochs"), epochs],
      ]}
    />
  );
}

export function RunSettings({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <Section title={t("facts.title")}>
      <Facts
        of={[
          [t("facts.author"), run.created_by ?? "–"],
          [t("progress.device"), run.device || "–"],
          [t("facts.code"), <Code key="code">{run.code_revision?.slice(0, 12) || t("facts.unknown")}</Code>],
          [
            t("facts.sha256"),
            run.weights_sha256 ? (
              <Code key="weights" title={run.weights_sha256}>
                {shortHash(run.weights_sha256)}
              </Code>
            ) : (
              "–"
            ),
          ],
        ]}
      />
      <details>
        <summary>{t("facts.settings")}</summary>
        <pre className={look.settings}>{JSON.stringify(run.recipe, null, 2)}</pre>
      </details>
    </Section>
  );
}
