/** How far a campaign's scores can be trusted: what stands out, agreement, and every annotator beside the others. */
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { isAdmin, useSession } from "@/api/session";
import { Computed } from "@/shared/analyses/Computed";
import { Empty } from "@/shared/parts/Notices";
import { AgreementTable } from "./AgreementTable";
import { AnnotatorTable } from "./AnnotatorTable";
import { BiasPlots } from "./BiasPlots";
import { DriftPlots } from "./DriftPlots";
import { useQuality } from "./hooks";
import { Suspicions } from "./Suspicions";
import { TestTable } from "./TestTable";
import "./words";

export default function QualityPage() {
  const { t } = useTranslation("quality");
  const { campaign = "", project = "" } = useParams();
  const session = useSession().data;
  const mayChange = session !== undefined && isAdmin(session, project);
  return (
    <Computed query={useQuality(campaign)}>
      {(quality) => {
        if (quality.portraits.every((row) => row.answers === 0)) return <Empty>{t("none")}</Empty>;
        return (
          <>
            <Suspicions suspicions={quality.suspicions} people={quality.annotators} />
            <AgreementTable agreement={quality.agreement} />
            <AnnotatorTable portraits={quality.portraits} people={quality.annotators} />
            <TestTable campaign={campaign} quality={quality} mayChange={mayChange} />
            <BiasPlots portraits={quality.portraits} />
            <DriftPlots portraits={quality.portraits} />
          </>
        );
      }}
    </Computed>
  );
}
