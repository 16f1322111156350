/** Files to look at and listen to: outliers and those withheld, each beside the clean clip. */
import { Button, SegmentedControl, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Schemas } from "@/api/client";
import { Empty, Failure, Waiting } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { Compared } from "./Compared";
import { useRenditions, type Verdict } from "./hooks";
import own from "./isolation.module.css";

const FILTERS = ["outliers", "withheld", "conflict", "overruled", "passed"] as const;
type Filter = (typeof FILTERS)[number];

interface QueueProps {
  campaign: string;
  outliers: readonly Schemas["Outlier"][];
  mayChange: boolean;
}

/** The list that is looked at, kept in the address; unless one is named there, files that wait for a decision come first. */
function useFilter(withheld: boolean): [Filter, (filter: string) => void] {
  const [asked, ask] = useSearchParams();
  const named = FILTERS.find((one) => one === asked.get("verdict"));
  return [
    named ?? (withheld ? "withheld" : "outliers"),
    (verdict) => ask({ verdict }, { replace: true, preventScrollReset: true }),
  ];
}

export function Queue({ withheld, campaign, outliers, mayChange }: QueueProps & { withheld: boolean }) {
  const { t } = useTranslation("isolation");
  const [filter, setFilter] = useFilter(withheld);
  return (
    <Section title={t("queue")}>
      <div className={own.filter}>
        <SegmentedControl
          value={filter}
          onChange={setFilter}
          data={FILTERS.map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
      </div>
      {filter === "outliers" && outliers.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <List key={filter} campaign={campaign} filter={filter} outliers={outliers} mayChange={mayChange} />
      )}
    </Section>
  );
}

function List({ campaign, filter, outliers, mayChange }: QueueProps & { filter: Filter }) {
  const { t } = useTranslation("isolation");
  const named = outliers.map((each) => each.rendition).join(",");
  const wanted = filter === "outliers" ? { id: named } : { verdict: filter satisfies Verdict };
  const query = useRenditions(campaign, wanted);
  if (query.error) return <Failure error={query.error} retry={query.refetch} />;
  if (!query.data) return <Waiting />;
  const rows = query.data.pages.flatMap((page) => page.results);
  if (rows.length === 0) return <Text c="dimmed">{t("none")}</Text>;
  return (
    <>
      {rows.map((row) => (
        <Compared
          key={row.id}
          rendition={row}
          farOut={outliers.find((each) => each.rendition === row.id)?.figures ?? {}}
          mayChange={mayChange}
        />
      ))}
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
