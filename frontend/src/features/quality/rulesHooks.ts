/** The rules that make labels of scores: compared, and one chosen. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { analysed, useAnalysis } from "@/api/analyses";
import { api, type Schemas } from "@/api/client";

export type Rules = Schemas["Rules"];
export type Rule = Schemas["RuleEnum"];
export type RuleDistance = Schemas["RuleDistance"];

/** In the order in which they are offered; the paper's comes first. */
export const RULES = [
  "trimmed_mean",
  "mean",
  "median",
  "ewe",
  "dawid_skene",
] as const satisfies readonly Rule[];
export const OTHERS = RULES.slice(1);

const KEY = "campaign-rules";

export function useRules(campaign: string) {
  return useAnalysis<Rules>([KEY, campaign], () =>
    api.GET("/api/campaigns/{id}/rules/", { params: { path: { id: campaign } } }),
  );
}

export function useChooseRule(campaign: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: Rule) =>
      analysed<Rules>(
        api.POST("/api/campaigns/{id}/rules/", { params: { path: { id: campaign } }, body: { rule } }),
      ),
    onSuccess: (rules) => {
      queries.setQueryData([KEY, campaign], rules);
      return queries.invalidateQueries({ queryKey: ["campaign", campaign] });
    },
  });
}
