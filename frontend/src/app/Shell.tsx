/** The frame around every page but labeling: one narrow side bar with what this person can do. */
import { AppShell, Burger } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import { useSession } from "@/api/session";
import { AccountMenu } from "@/features/account/AccountMenu";
import { Waiting } from "@/shared/parts/Notices";
import { Navigation } from "./Navigation";
import look from "./shell.module.css";

export default function Shell() {
  const { t } = useTranslation("app");
  const [opened, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  const session = useSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes whenever the address changes
  useEffect(menu.close, [pathname]);
  const user = session.data?.user;
  if (!session.data || !user) return null;
  return (
    <AppShell
      header={{ height: { base: 48, sm: 0 } }}
      navbar={{ width: 208, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={0}
      transitionDuration={0}
    >
      <a href="#content" className={look.skip}>
        {t("nav.skip")}
      </a>
      <AppShell.Header hiddenFrom="sm" className={look.top}>
        <Burger opened={opened} onClick={menu.toggle} size="sm" aria-label={t("nav.open")} />
        <Brand />
        <AccountMenu username={user.username} compact />
      </AppShell.Header>
      <AppShell.Navbar className={look.bar}>
        <div className="mantine-visible-from-sm">
          <Brand />
        </div>
        <Navigation session={session.data} />
        <div className={`mantine-visible-from-sm ${look.foot}`}>
          <AccountMenu username={user.username} />
        </div>
      </AppShell.Navbar>
      <AppShell.Main id="content" className={look.content}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <Link to="/" className={look.brand}>
      <img src="/favicon.svg" alt="" width={22} height={22} />
      Cueset
    </Link>
  );
}
