/** The paper's tables beside the runs of one version. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";

export type PaperTable = Schemas["ComparisonTable"];
export type PaperRow = Schemas["ComparisonRow"];
export type Variant = "released" | "paper";

export function useComparison(version: string, recipe: Variant, features: string) {
  return useQuery({
    queryKey: ["version", version, "comparison", recipe, features],
    queryFn: () =>
      answer(
        api.GET("/api/versions/{id}/comparison/", {
          params: { path: { id: version }, query: { recipe, features } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
