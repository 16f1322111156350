/** What a page shows when it has nothing, must wait, or failed. */
import { Alert, Button, Loader } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { sentencesOf } from "@/shared/words/errorSentences";
import look from "./parts.module.css";

/** The next step, said and offered. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={look.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Nothing for 200 ms, then a spinner. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className={look.late} role="status" aria-label={t("loading")}>
      <Loader size="sm" />
    </div>
  );
}

/** What went wrong in the page's language, the server's own sentence where it says more, the fields that it names, and a way to try again. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={t("errors.title")}
      role="alert"
    >
      <ErrorWords error={error} />
      {fieldErrors(error).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {retry && (
        <Button mt="xs" size="compact-sm" variant="default" onClick={retry}>
          {t("action.tryAgain")}
        </Button>
      )}
    </Alert>
  );
}

/** The sentences of an error: the server's, or ours when no server answered; each marked with its language. */
export function ErrorWords({ error }: { error: unknown }) {
  const { t, i18n } = useTranslation();
  if (!(error instanceof ApiError)) return <div>{t("errors.broken")}</div>;
  if (error.code === "unreachable") return <div>{t("errors.unreachable")}</div>;
  const { sentence, original } = sentencesOf(error, i18n.language);
  return (
    <>
      <div>{sentence}</div>
      {original && <div lang="en">{original}</div>}
    </>
  );
}

function fieldErrors(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.code !== "invalid") return [];
  return Object.entries(error.details).map(
    ([field, said]) => `${field}: ${Array.isArray(said) ? said.join(" ") : JSON.stringify(said)}`,
  );
}

interface LoadedProps<Data> {
  query: { data?: Data; error: unknown; refetch: () => unknown };
  children: (data: Data) => ReactNode;
}

/** The data of a query once it is there; before, a late spinner; instead, what went wrong. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} retry={query.refetch} />;
  return <Waiting />;
}
