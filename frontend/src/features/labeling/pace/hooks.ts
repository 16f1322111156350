/** How one gets on: pace, time left, time since the last break, the last session. */
import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "@/api/client";

export type Pace = Schemas["Pace"];

/** Asked now and then: nothing here is worth a request with every answer. */
export function usePace(campaign: string) {
  return useQuery({
    queryKey: ["pace", campaign],
    queryFn: () => answer(api.GET("/api/my-work/{campaign}/pace/", { params: { path: { campaign } } })),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}
