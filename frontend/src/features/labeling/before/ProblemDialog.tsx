/** That a reference clip does not play or show: told to the admin in place of a score. */
import { Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LONGEST_COMMENT } from "../FlagDialog";
import look from "../labeling.module.css";

interface ProblemProps {
  opened: boolean;
  onClose: () => void;
  onReport: (comment: string) => void;
}

export function ProblemDialog({ opened, onClose, onReport }: ProblemProps) {
  const { t } = useTranslation("labeling");
  const [comment, setComment] = useState("");
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    onClose();
    onReport(comment.trim());
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t("problem.title")}>
      <form onSubmit={send}>
        <Stack>
          <Text size="sm">{t("problem.hint")}</Text>
          <Textarea
            label={t("flag.comment")}
            value={comment}
            maxLength={LONGEST_COMMENT}
            autosize
            minRows={2}
            data-autofocus
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <Button type="submit">{t("problem.send")}</Button>
        </Stack>
      </form>
    </Modal>
  );
}

export function ProblemButton({ disabled, onClick }: { disabled: boolean; onClick: () => void }) {
  const { t } = useTranslation("labeling");
  return (
    <button type="button" className={look.flag} aria-keyshortcuts="x" disabled={disabled} onClick={onClick}>
      <IconMessage size={16} aria-hidden />
      {t("problem.open")}
    </button>
  );
}
