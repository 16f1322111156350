/** Pause, resume or close a campaign. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Failure } from "@/shared/parts/Notices";
import { type CampaignDetail, useChangeState } from "./hooks";

export function StateButtons({ campaign }: { campaign: CampaignDetail }) {
  const { t } = useTranslation(["campaigns", "shared"]);
  const change = useChangeState(campaign.id);
  const [asking, ask] = useDisclosure(false);
  if (campaign.state === "closed" || campaign.state === "making") return null;
  const other = campaign.state === "open" ? "pause" : "resume";
  return (
    <>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate(other)}>
        {t(other)}
      </Button>
      <Button variant="default" onClick={ask.open}>
        {t("close")}
      </Button>
      {change.error && !asking && <Failure error={change.error} />}
      <Modal opened={asking} onClose={ask.close} title={t("closeTitle")}>
        <Stack>
          <Text>{t("closeWhy")}</Text>
          {change.error && <Failure error={change.error} />}
          <Button color="red" onClick={() => change.mutate("close", { onSuccess: ask.close })}>
            {t("close")}
          </Button>
          <Button variant="default" onClick={ask.close}>
            {t("shared:action.cancel")}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
