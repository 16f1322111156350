/** One version: what it froze, and the files made of it. */
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/parts/Page";
import "./words";

export default function VersionPage() {
  const { t } = useTranslation("versions");
  return <Page title={t("title")}>{null}</Page>;
}
