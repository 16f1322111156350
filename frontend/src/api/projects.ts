/** Projects, the people in them, and the record of what happened. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, cursorOf, type Schemas } from "./client";
import { SESSION } from "./session";

export type Project = Schemas["Project"];

export function useProjects(enabled = true) {
  return useQuery({
    queryKey: ["projects"],
    queryFn: () => answer(api.GET("/api/projects/")),
    enabled,
  });
}

export function useProject(id: string) {
  return useQuery({
    queryKey: ["projects", id],
    queryFn: () => answer(api.GET("/api/projects/{id}/", { params: { path: { id } } })),
  });
}

export function useChangeProject(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["PatchedProjectSettingsRequest"]) =>
      answer(api.PATCH("/api/projects/{id}/", { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["projects"] }),
  });
}

export function useMakeProject() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["NewProjectRequest"]) => answer(api.POST("/api/projects/", { body })),
    // The new project's admin role is part of the session.
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["projects"] }),
        queries.invalidateQueries({ queryKey: SESSION }),
      ]),
  });
}

export type Member = Schemas["Member"];

const membersKey = (project: string) => ["projects", project, "members"];

export function useMembers(project: string) {
  return useQuery({
    queryKey: membersKey(project),
    queryFn: () => answer(api.GET("/api/projects/{id}/members/", { params: { path: { id: project } } })),
  });
}

export function useAddMember(project: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas["NewMemberRequest"]) =>
      answer(api.POST("/api/projects/{id}/members/", { params: { path: { id: project } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["projects", project] }),
  });
}

export function useRemoveMember(project: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => answer(api.DELETE("/api/members/{id}/", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["projects", project] }),
  });
}

export type Source = Schemas["Source"];
export type Terms = Schemas["NamedTermsRequest"];
export type Lacking = "origin" | "consent";

export function useSources(project: string, lacking: Lacking | undefined) {
  return useInfiniteQuery({
    queryKey: ["projects", project, "sources", lacking],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET("/api/sources/", { params: { query: { project, lacking, cursor } } })),
    getNextPageParam: (page) => cursorOf(page.next),
  });
}

export function useDescribeSources(project: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sources: Terms[]) =>
      answer(
        api.POST("/api/projects/{id}/sources/", { params: { path: { id: project } }, body: { sources } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["projects", project] }),
  });
}

export function useEvents(project: string) {
  return useInfiniteQuery({
    queryKey: ["projects", project, "events"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      answer(api.GET("/api/projects/{id}/events/", { params: { path: { id: project }, query: { cursor } } })),
    getNextPageParam: (page) => cursorOf(page.next),
  });
}
