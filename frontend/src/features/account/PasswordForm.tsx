/** Change one's own password. */
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangePassword } from "@/api/session";
import { Failure } from "@/shared/parts/Notices";

export function PasswordForm({ username }: { username: string }) {
  const { t } = useTranslation("account");
  const change = useChangePassword();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ old, new: fresh });
  };
  if (change.isSuccess) return <Text role="status">{t("password.done")}</Text>;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <input type="text" autoComplete="username" value={username} readOnly hidden />
        <PasswordInput
          visibilityToggleButtonProps={{ "aria-label": t("show") }}
          label={t("password.old")}
          autoComplete="current-password"
          required
          data-autofocus
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
        />
        <PasswordInput
          visibilityToggleButtonProps={{ "aria-label": t("show") }}
          label={t("password.new")}
          description={t("password.hint")}
          autoComplete="new-password"
          minLength={10}
          required
          value={fresh}
          onChange={(event) => setFresh(event.currentTarget.value)}
        />
        {change.error && <Failure error={change.error} />}
        <Button type="submit" loading={change.isPending}>
          {t("password.submit")}
        </Button>
      </Stack>
    </form>
  );
}
