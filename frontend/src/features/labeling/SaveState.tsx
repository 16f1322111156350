/** "Saved" for what the server acknowledged, and an honest count of what it has not. */
import { Button } from "@mantine/core";
import { IconCheck, IconCloudOff, IconLoader } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { AnswerQueue, QueueState } from "./answers";
import look from "./labeling.module.css";

export function SaveState({ state }: { state: QueueState }) {
  const { t } = useTranslation("labeling");
  const count = state.unsaved.length;
  return (
    <span className={look.saved} role="status" data-waiting={state.waiting || undefined}>
      {state.waiting ? (
        <IconCloudOff size={16} aria-hidden />
      ) : count ? (
        <IconLoader size={16} aria-hidden />
      ) : (
        <IconCheck size={16} aria-hidden />
      )}
      <span>{count ? t("save.saving", { count }) : t("save.saved")}</span>
      {count > 0 && (
        <b className={look.unsent} aria-hidden>
          {count}
        </b>
      )}
    </span>
  );
}

/** What needs a person: no connection, or an answer that was not accepted. */
export function SaveTrouble({ state, queue }: { state: QueueState; queue: AnswerQueue }) {
  const { t } = useTranslation(["labeling", "shared"]);
  if (state.refused) {
    return (
      <div className={look.trouble} role="alert">
        <span>{t("save.refused", { message: state.refused })}</span>
        <Button size="compact-sm" variant="default" onClick={() => queue.forgetRefusal()}>
          {t("save.dismiss")}
        </Button>
      </div>
    );
  }
  if (!state.waiting && !state.fleeting) return null;
  return (
    <div className={look.trouble} role="alert">
      <span>{t(state.fleeting ? "save.fleeting" : "save.waiting")}</span>
      <Button size="compact-sm" variant="default" onClick={() => queue.hurry()}>
        {t("shared:action.tryAgain")}
      </Button>
    </div>
  );
}
