/** Take a version back: asks why, and says that it cannot be undone. */
import { Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import { useWithdraw } from "./hooks";

export function Withdraw({ version }: { version: string }) {
  const { t } = useTranslation("versions");
  const [asking, ask] = useDisclosure(false);
  const [reason, setReason] = useState("");
  const withdraw = useWithdraw(version);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    withdraw.mutate({ reason }, { onSuccess: ask.close });
  };
  return (
    <>
      <Button variant="default" onClick={ask.open}>
        {t("withdraw.action")}
      </Button>
      <Modal opened={asking} onClose={ask.close} title={t("withdraw.title")}>
        <form onSubmit={submit}>
          <Stack>
            <Text>{t("withdraw.why")}</Text>
            <Textarea
              data-autofocus
              required
              label={t("withdraw.reason")}
              autosize
              minRows={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {withdraw.error && <Failure error={withdraw.error} />}
            <Button type="submit" color="red" loading={withdraw.isPending} disabled={reason.trim() === ""}>
              {t("withdraw.action")}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
