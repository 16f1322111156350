/** What there is to say about a clip besides a score: that it cannot be judged and why, or a comment. */
import { Button, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { IconMessage, IconMessageFilled } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Modality } from "@/shared/vocabulary/modality";
import type { Reason } from "./hooks";
import look from "./labeling.module.css";
import type { Judgement } from "./useStageWork";

/** What can be missing in each stage; the server has the same table (annotator/judging.py). */
const REASONS: Record<Modality, readonly Reason[]> = {
  text: ["wrong_transcript", "technical"],
  audio: ["no_speech", "technical"],
  vision: ["no_face", "technical"],
  multimodal: ["no_speech", "no_face", "wrong_transcript", "technical"],
};
export const LONGEST_COMMENT = 500;

interface FlagDialogProps {
  opened: boolean;
  modality: Modality;
  perceived: boolean;
  comment: string;
  onClose: () => void;
  /** Keeps the comment for the score that follows. */
  onComment: (comment: string) => void;
  onJudge: (judgement: Judgement) => void;
}

export function FlagDialog(props: FlagDialogProps) {
  const { t } = useTranslation("labeling");
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t("flag.title")}>
      <FlagForm {...props} />
    </Modal>
  );
}

function FlagForm({ modality, perceived, comment, onClose, onComment, onJudge }: FlagDialogProps) {
  const { t } = useTranslation("labeling");
  const [reason, setReason] = useState<Reason | "">("");
  const [text, setText] = useState(comment);
  // A clip that does not play can be told at once; whether it lacks a face one knows after seeing it.
  const tooSoon = reason !== "" && reason !== "technical" && !perceived;
  const finish = (event: React.FormEvent) => {
    event.preventDefault();
    if (tooSoon) return;
    onComment(text.trim());
    onClose();
    if (reason) onJudge({ score: null, reason, comment: text.trim() });
  };
  return (
    <form onSubmit={finish}>
      <Stack>
        <Radio.Group
          value={reason}
          onChange={(value) => setReason(value as Reason | "")}
          label={t("flag.why")}
        >
          <Stack gap={6} mt={8}>
            <Radio value="" label={t("flag.none")} data-autofocus />
            {REASONS[modality].map((one) => (
              <Radio key={one} value={one} label={t(`flag.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t("flag.comment")}
          value={text}
          maxLength={LONGEST_COMMENT}
          autosize
          minRows={2}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {tooSoon && <Text size="sm">{t("flag.tooSoon")}</Text>}
        <Button type="submit" disabled={tooSoon}>
          {t(reason ? "flag.send" : "flag.keep")}
        </Button>
      </Stack>
    </form>
  );
}

export function FlagButton({ comment, onClick }: { comment: string; onClick: () => void }) {
  const { t } = useTranslation("labeling");
  return (
    <button type="button" className={look.flag} aria-keyshortcuts="x" onClick={onClick}>
      {comment ? <IconMessageFilled size={16} aria-hidden /> : <IconMessage size={16} aria-hidden />}
      {t(comment ? "flag.kept" : "flag.open")}
    </button>
  );
}
