/** An analysis that takes long: while it is computed, how far it is; then the answer, with its age. */
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Analysed, type Analysis, jobOf, useRefresh } from "@/api/analyses";
import { hasEnded } from "@/api/jobs";
import { moment, whole } from "@/shared/format";
import { JobProgress } from "@/shared/jobs/JobProgress";
import { Failure, Loaded } from "@/shared/parts/Notices";
import look from "./analyses.module.css";

/** As many newer answers as the server counts. */
const MOST_COUNTED = 10_000;

interface ComputedProps<Data> {
  query: { data?: Analysed<Data>; error: unknown; refetch: () => unknown };
  children: (data: Data) => ReactNode;
}

/** Like `Loaded`, for answers that may have to be computed first. */
export function Computed<Data>({ query, children }: ComputedProps<Data>) {
  return (
    <Loaded query={query}>
      {({ data, analysis }) => (
        <>
          {analysis && <Standing analysis={analysis} waiting={data === null} onBegun={query.refetch} />}
          {data !== null && children(data)}
        </>
      )}
    </Loaded>
  );
}

interface StandingProps {
  analysis: Analysis;
  waiting: boolean;
  onBegun: () => unknown;
}

/** What is computed now, or when it was; nothing about what never changes. */
function Standing({ analysis, waiting, onBegun }: StandingProps) {
  const { t } = useTranslation();
  const refresh = useRefresh(onBegun);
  const job = jobOf(analysis);
  const atWork = job !== null && !hasEnded(job);
  if (!waiting && !atWork && analysis.newer === null) return null;
  return (
    <div className={waiting ? look.waiting : look.age}>
      {waiting && atWork && <Text mb="sm">{t("analysis.waiting")}</Text>}
      {job && <JobProgress job={job} mayAct={atWork} />}
      {!atWork && (
        <Group gap="sm" mt={job ? "xs" : 0}>
          {!waiting && <Age analysis={analysis} />}
          <Button
            size="compact-sm"
            variant="default"
            loading={refresh.isPending}
            onClick={() => refresh.mutate(analysis.id)}
          >
            {t("analysis.anew")}
          </Button>
        </Group>
      )}
      {refresh.error && <Failure error={refresh.error} />}
    </div>
  );
}

function Age({ analysis }: { analysis: Analysis }) {
  const { t, i18n } = useTranslation();
  const newer = analysis.newer ?? 0;
  return (
    <Text size="sm" c={newer > 0 ? undefined : "dimmed"}>
      {t("analysis.computed", { at: moment(analysis.computed_at, i18n.language) })}
      {" · "}
      {t(
        newer === 0 ? "analysis.noneNewer" : newer < MOST_COUNTED ? "analysis.newer" : "analysis.manyNewer",
        {
          number: whole(newer),
        },
      )}
    </Text>
  );
}
