/** Who is signed in, and as what. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "./client";

export type Session = Schemas["Session"];
export type RoleKind = Schemas["Role"]["kind"];

export const SESSION = ["session"] as const;

/** Asked for before anything is drawn (app/main.tsx), since every page waits for it. */
export const sessionQuery = queryOptions({
  queryKey: SESSION,
  queryFn: () => answer(api.GET("/api/session/")),
  staleTime: 5 * 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["SignInRequest"]) => answer(api.POST("/api/session/", { body })),
    // A page that has just been opened has asked who is signed in; “nobody” must not be heard after the answer to this.
    onMutate: () => queries.cancelQueries({ queryKey: SESSION }),
    onSuccess: (session) => queries.setQueryData(SESSION, session),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/session/")),
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(SESSION, { user: null, roles: [] } satisfies Session);
    },
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: Schemas["PasswordRequest"]) => answer(api.POST("/api/session/password/", { body })),
  });
}

/** Whether the person may see a project's clips, labels and versions. */
export function isStaff(session: Session, project?: string): boolean {
  if (session.user?.is_superuser) return true;
  return session.roles.some(
    (role) => role.kind !== "annotator" && (project === undefined || role.project === project),
  );
}

export function isAdmin(session: Session, project: string): boolean {
  if (session.user?.is_superuser) return true;
  return session.roles.some((role) => role.kind === "admin" && role.project === project);
}
