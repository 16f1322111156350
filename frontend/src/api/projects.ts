/** Projects and their settings. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, type Schemas } from "./client";

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
