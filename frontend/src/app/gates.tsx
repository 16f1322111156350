/** Who may pass: the signed-in, to where their role leads. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Navigate, Outlet, useLocation } from "react-router";
import { isStaff, useSession } from "@/api/session";
import { Empty, Loaded } from "@/shared/parts/Notices";

/** Sends the signed-out to the sign-in page, and back afterwards. */
export function SignedIn() {
  const session = useSession();
  const { pathname, search } = useLocation();
  return (
    <Loaded query={session}>
      {({ user }) =>
        user ? <Outlet /> : <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
      }
    </Loaded>
  );
}

/** The start page: projects for those who run one, their own work for annotators. */
export function Start() {
  const session = useSession();
  return (
    <Loaded query={session}>
      {(data) => <Navigate to={isStaff(data) ? "/projects" : "/work"} replace />}
    </Loaded>
  );
}

export function Lost() {
  const { t } = useTranslation("app");
  return (
    <Empty
      action={
        <Button component={Link} to="/">
          {t("home")}
        </Button>
      }
    >
      {t("lost")}
    </Empty>
  );
}
