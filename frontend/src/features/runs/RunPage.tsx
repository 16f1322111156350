/** One run: what it is, how far it is, and what came out. */
import { useTranslation } from "react-i18next";
import { Page } from "@/shared/parts/Page";
import "./words";

export default function RunPage() {
  const { t } = useTranslation("runs");
  return <Page title={t("title")}>{null}</Page>;
}
