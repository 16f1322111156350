/** The runs of a project. */
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/parts/Page";
import "./words";

export default function RunsPage() {
  const { t } = useTranslation("runs");
  return <Page title={t("title")}>{null}</Page>;
}
