/** What can be done with a run: stop it while it goes on, launch it again when it has failed. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Failure } from "@/shared/parts/Notices";
import { sameAgain } from "./again";
import { type RunDetail, useCancelRun, useLaunch } from "./hooks";

export function CancelRun({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const [asked, question] = useDisclosure(false);
  const cancel = useCancelRun(run.id);
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={question.open}>
        {t("progress.cancel")}
      </Button>
      <Modal opened={asked} onClose={question.close} title={t("progress.cancelTitle")}>
        <Text>{t("progress.cancelWhy")}</Text>
        {cancel.error && <Failure error={cancel.error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={question.close}>
            {t("progress.keep")}
          </Button>
          <Button
            color="red.9"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onSuccess: question.close })}
          >
            {t("progress.cancel")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** A retry is a new run with the same settings. */
export function LaunchAgain({ run }: { run: RunDetail }) {
  const { t } = useTranslation("runs");
  const launch = useLaunch();
  const navigate = useNavigate();
  const start = () =>
    launch.mutate(sameAgain(run), {
      onSuccess: (made) => navigate(`/projects/${made.project}/runs/${made.id}`),
    });
  return (
    <>
      <Button size="compact-sm" loading={launch.isPending} onClick={start}>
        {t("progress.again")}
      </Button>
      {launch.error && <Failure error={launch.error} />}
    </>
  );
}
