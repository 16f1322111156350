/** The runs of a project: what was trained, how far it is, and what it scored. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useProject } from "@/api/projects";
import { useVersions } from "@/api/versions";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Empty, Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { useRuns } from "./hooks";
import { LaunchForm } from "./LaunchForm";
import { NoVersion } from "./NoVersion";
import { RunFilters } from "./RunFilters";
import { RunTable } from "./RunTable";
import { arranged, FILTERS, type Filter, orderOf } from "./table";
import "./words";

export default function RunsPage() {
  const { t } = useTranslation("runs");
  const project = useParams().project ?? "";
  const [address, setAddress] = useSearchParams();
  const versions = useVersions(project);
  const simulated = useProject(project).data?.simulated;
  const mayLaunch = Boolean(versions.data?.length);
  const change = (name: string, value: string | null) =>
    setAddress(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: name !== "launch" },
    );
  return (
    <Page
      title={t("title")}
      marks={simulated && <SimulatedMark />}
      actions={
        mayLaunch && (
          <>
            <Button component={Link} variant="default" to={`/projects/${project}/sweeps`}>
              {t("toSweeps")}
            </Button>
            {(["experiments", "compare"] as const).map((name) => (
              <Button key={name} component={Link} variant="default" to={`/projects/${project}/${name}`}>
                {t(`${name}.title`)}
              </Button>
            ))}
            <Button onClick={() => change("launch", "1")}>{t("launch")}</Button>
          </>
        )
      }
    >
      <Loaded query={versions}>
        {(rows) =>
          rows.length === 0 ? (
            <NoVersion project={project} />
          ) : (
            <>
              <Runs project={project} address={address} onChange={change} />
              {address.get("launch") && (
                <LaunchForm
                  versions={rows}
                  first={address.get("version")}
                  seeds={address.get("seeds") === "five" ? "five" : "one"}
                  onClose={() => change("launch", null)}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

interface RunsProps {
  project: string;
  address: URLSearchParams;
  onChange: (name: string, value: string | null) => void;
}

function Runs({ project, address, onChange }: RunsProps) {
  const { t } = useTranslation("runs");
  const runs = useRuns(project);
  const wanted: Partial<Record<Filter, string>> = Object.fromEntries(
    FILTERS.map((filter) => [filter, address.get(filter) ?? ""]),
  );
  const order = orderOf(address.get("sort"));
  return (
    <Loaded query={runs}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.results);
        const shown = arranged(all, wanted, order);
        if (all.length === 0)
          return (
            <Empty action={<Button onClick={() => onChange("launch", "1")}>{t("launch")}</Button>}>
              {t("none")}
            </Empty>
          );
        return (
          <>
            <RunFilters runs={all} wanted={wanted} onChange={onChange} />
            {shown.length > 0 ? (
              <RunTable runs={shown} order={order} onOrder={(asked) => onChange("sort", asked)} />
            ) : (
              <Empty>{t("noMatch")}</Empty>
            )}
            {runs.hasNextPage && (
              <Button
                variant="default"
                mt="md"
                loading={runs.isFetchingNextPage}
                onClick={() => runs.fetchNextPage()}
              >
                {t("action.more", { ns: "shared" })}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
