/** Nothing can be trained yet, and where to go first. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Empty } from "@/shared/parts/Notices";

export function NoVersion({ project }: { project: string }) {
  const { t } = useTranslation("runs");
  return (
    <Empty
      action={
        <Button component={Link} to={`/projects/${project}/versions?publish=1`}>
          {t("toVersions")}
        </Button>
      }
    >
      {t("noVersion")}
    </Empty>
  );
}
