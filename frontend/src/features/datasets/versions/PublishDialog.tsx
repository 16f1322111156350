/** Publish a version: choose the split, see what would be frozen, then freeze it. */
import { Alert, Button, Modal, NumberInput, Select, Stack, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type Grouping, type Preview, usePreview, usePublish } from "@/api/versions";
import { FollowedJob } from "@/shared/jobs/JobProgress";
import { Failure, Loaded } from "@/shared/parts/Notices";
import { Section } from "@/shared/parts/Page";
import { ClassTable } from "./ClassTable";
import { LeftOut } from "./LeftOut";
import { MissingTerms } from "./Provenance";
import { Publishing } from "./Publishing";
import "./words";

interface PublishDialogProps {
  project: string;
  opened: boolean;
  onClose: () => void;
}

export function PublishDialog({ project, opened, onClose }: PublishDialogProps) {
  const { t } = useTranslation("datasets");
  const navigate = useNavigate();
  const publish = usePublish();
  const job = publish.data && "job" in publish.data ? publish.data.job.id : null;
  const close = () => {
    publish.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t("publish.title")} size="lg">
      {job ? (
        <Publishing project={project} job={job} onPublished={navigate} />
      ) : (
        <PublishForm project={project} publish={publish} />
      )}
    </Modal>
  );
}

function PublishForm({ project, publish }: { project: string; publish: ReturnType<typeof usePublish> }) {
  const { t } = useTranslation("datasets");
  const navigate = useNavigate();
  const [seed, setSeed] = useState(1111);
  const [splitBy, setSplitBy] = useState<Grouping>("strictest");
  const [notes, setNotes] = useState("");
  const draft = { project, seed, split_by: splitBy };
  // A job may have to look at each draft, so a seed is typed to its end first.
  const preview = usePreview({ ...draft, seed: useDebouncedValue(seed, 400)[0] });
  const found = preview.data && !("job" in preview.data) ? preview.data : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate(
      { ...draft, notes },
      { onSuccess: (made) => "id" in made && navigate(`/projects/${project}/versions/${made.id}`) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <NumberInput
          data-autofocus
          label={t("publish.seed")}
          min={0}
          max={2147483647}
          allowDecimal={false}
          value={seed}
          onChange={(value) => typeof value === "number" && setSeed(value)}
        />
        <Select
          label={t("publish.splitBy")}
          allowDeselect={false}
          data={(["strictest", "speaker", "source", "clip"] as const).map((by) => ({
            value: by,
            label: t(`publish.${by}`),
          }))}
          value={splitBy}
          onChange={(by) => by && setSplitBy(by as typeof splitBy)}
        />
        <Textarea
          label={t("publish.notes")}
          autosize
          minRows={2}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Loaded query={preview}>
          {(told) =>
            "job" in told ? <FollowedJob id={told.job.id} /> : <Foreseen project={project} found={told} />
          }
        </Loaded>
        {publish.error && <Failure error={publish.error} />}
        <Button
          type="submit"
          loading={publish.isPending}
          disabled={!found?.feasible || Boolean(found.same_as)}
        >
          {t("publish.submit")}
        </Button>
      </Stack>
    </form>
  );
}

function Foreseen({ project, found }: { project: string; found: Preview }) {
  const { t } = useTranslation("datasets");
  return (
    <Section title={t("publish.now")}>
      {!found.feasible && (
        <Alert color="yellow" variant="light" mb="sm">
          {found.reason}
        </Alert>
      )}
      {found.same_as && (
        <Alert variant="light" mb="sm">
          {t("publish.same")}{" "}
          <Link to={`/projects/${project}/versions/${found.same_as}`}>{found.number}</Link>
        </Alert>
      )}
      {found.statistics && (
        <>
          <ClassTable rows={found.statistics.table1} />
          <LeftOut leftOut={found.statistics.left_out} />
          {found.statistics.provenance && (
            <MissingTerms
              of={found.statistics.provenance}
              sources={found.statistics.sources}
              project={project}
            />
          )}
        </>
      )}
    </Section>
  );
}
