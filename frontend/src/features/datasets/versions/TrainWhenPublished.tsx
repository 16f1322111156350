/** Whether every new version starts a run by itself. */
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Project, useChangeProject } from "@/api/projects";
import { Failure } from "@/shared/parts/Notices";

/** What such a run is: the released recipe on features that need no download. */
const SETTINGS = {
  model: "avmc",
  recipe: "released",
  semi: true,
  text: "lsa",
  audio: "egemaps",
  vision: "landmarks",
};

export function TrainWhenPublished({ project }: { project: Project }) {
  const { t } = useTranslation("datasets");
  const change = useChangeProject(project.id);
  return (
    <>
      <Switch
        mt="xl"
        label={t("publish.train")}
        description={t("publish.trainHint")}
        checked={project.train_on_publish != null}
        disabled={change.isPending}
        onChange={(event) =>
          change.mutate({ train_on_publish: event.currentTarget.checked ? SETTINGS : null })
        }
      />
      {change.error && <Failure error={change.error} />}
    </>
  );
}
