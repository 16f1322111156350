/** Name and password, and the language to read them in. */
import { Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { useSession, useSignIn } from "@/api/session";
import { Failure } from "@/shared/parts/Notices";
import look from "./account.module.css";
import { LanguageSwitch } from "./Switches";
import "./words";

/** Where to go after signing in: an address of ours, never another site. */
export function safeReturn(wanted: string | null): string {
  return wanted?.startsWith("/") && !wanted.startsWith("//") && !wanted.includes("\\") ? wanted : "/";
}

export default function SignInPage() {
  const { t } = useTranslation("account");
  const [params] = useSearchParams();
  const session = useSession();
  if (session.data?.user) return <Navigate to={safeReturn(params.get("next"))} replace />;
  return (
    <main className={look.frame}>
      <title>{`${t("signIn.title")} · Cueset`}</title>
      <div className={look.card}>
        <div className={look.brand}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <Title order={1}>Cueset</Title>
        </div>
        <p className={look.about}>{t("signIn.about")}</p>
        <SignInForm />
        <div className={look.language}>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}

function SignInForm() {
  const { t } = useTranslation("account");
  const signIn = useSignIn();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("signIn.username")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          visibilityToggleButtonProps={{ "aria-label": t("show") }}
          label={t("signIn.password")}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
          {t("signIn.submit")}
        </Button>
        {signIn.error && <Failure error={signIn.error} />}
      </Stack>
    </form>
  );
}
