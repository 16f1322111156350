/** The job that checks or imports a file of scores, and its report row by row. */
import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { hasEnded, useJob } from "@/api/jobs";
import { whole } from "@/shared/format";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Facts } from "@/shared/parts/Facts";
import { RejectedRows } from "@/shared/parts/RejectedRows";
import { type ScoreReport, useForgetScores } from "./importHooks";

export function ImportedScores({ job, campaign }: { job: string; campaign: string }) {
  const { t } = useTranslation("campaigns");
  const { data } = useJob(job);
  const forget = useForgetScores(campaign);
  const ended = hasEnded(data);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the job has ended
  useEffect(() => {
    if (ended) void forget();
  }, [ended]);
  const report = ended ? (data?.result as ScoreReport | null | undefined) : null;
  return (
    <div style={{ marginTop: 12 }}>
      <FollowedJob id={job} />
      {report && (
        <div role="status">
          {report.dry_run && <Text mt="sm">{t("import.checked")}</Text>}
          <Facts
            of={[
              [t("import.added"), whole(report.added)],
              [t("import.superseded"), whole(report.superseded)],
              [t("import.unchanged"), whole(report.unchanged)],
              [t("import.bad"), whole(report.rejected_count)],
            ]}
          />
          <RejectedRows job={job} rows={report.rejected} count={report.rejected_count} />
        </div>
      )}
    </div>
  );
}
