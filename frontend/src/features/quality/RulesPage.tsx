/** By which rule scores become labels, and what other rules would change. */
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { Computed } from "@/shared/analyses/Computed";
import { Empty } from "@/shared/parts/Notices";
import { ChangedLabels } from "./ChangedLabels";
import { DifferencePlots } from "./DifferencePlots";
import { RuleChoice } from "./RuleChoice";
import { RuleTable } from "./RuleTable";
import { useRules } from "./rulesHooks";
import "./words";

export default function RulesPage() {
  const { t } = useTranslation("quality");
  const { campaign = "", project = "" } = useParams();
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, project);
  return (
    <Computed query={useRules(campaign)}>
      {(rules) => (
        <>
          <RuleChoice campaign={campaign} rule={rules.rule} mayChange={mayChange} />
          {rules.stages.every((row) => row.clips === 0) ? (
            <Empty>{t("rules.none")}</Empty>
          ) : (
            <>
              <RuleTable stages={rules.stages} />
              <DifferencePlots stages={rules.stages} />
              <ChangedLabels changed={rules.changed} />
            </>
          )}
        </>
      )}
    </Computed>
  );
}
