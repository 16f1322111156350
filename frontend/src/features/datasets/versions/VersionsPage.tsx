/** The versions of a project. */
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/parts/Page";
import "./words";

export default function VersionsPage() {
  const { t } = useTranslation("versions");
  return <Page title={t("title")}>{null}</Page>;
}
