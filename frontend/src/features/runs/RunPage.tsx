/** One run: how far it is, what it scored, its curves, and the clips it gets wrong. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { moment } from "@/shared/format";
import { SimulatedMark } from "@/shared/parts/Marks";
import { Loaded } from "@/shared/parts/Notices";
import { Page } from "@/shared/parts/Page";
import { Curves } from "./Curves";
import { useChosenClip } from "./chosenClip";
import { ErrorAnalysis } from "./errors/ErrorAnalysis";
import { readBy } from "./features";
import { type RunDetail, useRun } from "./hooks";
import { MetricsTable } from "./MetricsTable";
import { PredictionDrawer } from "./PredictionDrawer";
import { PredictionTable } from "./PredictionTable";
import { RunFacts, RunSettings } from "./RunFacts";
import { RunProgress } from "./RunProgress";
import { ScatterPlots } from "./ScatterPlots";
import { RepresentationMaps } from "./understanding/RepresentationMaps";
import "./words";

export default function RunPage() {
  const { t, i18n } = useTranslation("runs");
  const { project = "", run: id = "" } = useParams();
  const query = useRun(id);
  const run = query.data;
  return (
    <Page
      title={t("run", { moment: moment(run?.created_at, i18n.language) })}
      under={{ to: `/projects/${project}/runs`, name: t("title") }}
      marks={run?.simulated && <SimulatedMark />}
      actions={run?.metrics && <Actions project={project} run={run} />}
    >
      <Loaded query={query}>{(data) => <RunParts run={data} />}</Loaded>
    </Page>
  );
}

function Actions({ project, run: { id, model } }: { project: string; run: RunDetail }) {
  const { t } = useTranslation("runs");
  return (
    <>
      {/* A model of one modality has nothing to keep while another face is lent. */}
      {readBy(model).length > 1 && (
        <Button component={Link} variant="default" to={`/projects/${project}/runs/${id}/swap`}>
          {t("swap.open")}
        </Button>
      )}
      <Button component="a" variant="default" href={`/api/runs/${id}/weights/`} download>
        {t("facts.download")}
      </Button>
      <Button
        component="a"
        variant="default"
        title={t("facts.folderWhat")}
        href={`/api/runs/${id}/folder/`}
        download
      >
        {t("facts.folder")}
      </Button>
    </>
  );
}

function RunParts({ run }: { run: RunDetail }) {
  const [clip, choose] = useChosenClip();
  return (
    <>
      <RunFacts run={run} />
      {!run.metrics && <RunProgress run={run} />}
      {run.metrics && (
        <MetricsTable run={run} metrics={run.metrics.test} against={run.metrics.test_against_multimodal} />
      )}
      <Curves run={run} />
      {run.metrics && (
        <>
          <ScatterPlots run={run} onChoose={choose} />
          <ErrorAnalysis run={run} />
          <RepresentationMaps run={run.id} onChoose={choose} />
          <PredictionTable run={run} onChoose={choose} />
          {clip && <PredictionDrawer run={run.id} clip={clip} onClose={() => choose(null)} />}
        </>
      )}
      <RunSettings run={run} />
    </>
  );
}
