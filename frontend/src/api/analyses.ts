/** Analyses that take long: an answer with its age, or the job that computes it; and computing anew. */
import {
  keepPreviousData,
  type QueryKey,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { ApiError, answer, api, type Schemas } from "./client";
import { hasEnded, type Job } from "./jobs";

export type Analysis = Schemas["Analysis"];

/** What every such address answers with 200; its analysis is null where the answer is of this moment. */
interface Answered {
  analysis: Analysis | null;
}

/** An answer, null while the first is computed (202), and what is known of its computing. */
export interface Analysed<Data> {
  data: Data | null;
  analysis: Analysis | null;
}

type Call<Data> = Promise<{ data?: Data | Analysis; error?: unknown; response: Response }>;

export async function analysed<Data extends Answered>(call: Call<Data>): Promise<Analysed<Data>> {
  const body = await answer(call);
  return isAnswered(body) ? { data: body, analysis: body.analysis } : { data: null, analysis: body };
}

function isAnswered<Data extends Answered>(body: Data | Analysis): body is Data {
  return "analysis" in body;
}

/** The job that is at it, or ended without an answer. */
export function jobOf(analysis: Analysis | null | undefined): Job | null {
  return (analysis?.job as Job | null | undefined) ?? null;
}

const FOLLOWED = 1_000;

interface Asking {
  /** Milliseconds until it is asked again when nothing is computed; not at all without. */
  again?: number;
  staleTime?: number;
  enabled?: boolean;
  /** Shows the answer to the last question until this one's is there. */
  keepsPrevious?: boolean;
}

/** Asks once a second while the answer is computed. */
export function useAnalysis<Data extends Answered>(
  queryKey: QueryKey,
  ask: () => Call<Data>,
  { again, keepsPrevious, ...asking }: Asking = {},
): UseQueryResult<Analysed<Data>> {
  return useQuery({
    queryKey,
    queryFn: () => analysed(ask()),
    refetchInterval: ({ state }) => {
      const job = jobOf(state.data?.analysis);
      return job && !hasEnded(job) ? FOLLOWED : (again ?? false);
    },
    placeholderData: keepsPrevious ? keepPreviousData : undefined,
    ...asking,
  });
}

const refresh = (id: string) => answer(api.POST("/api/analyses/{id}/refresh/", { params: { path: { id } } }));

/** Has an analysis computed anew. */
export function useRefresh(onBegun: () => unknown) {
  return useMutation({ mutationFn: refresh, onSuccess: onBegun });
}

/** The answer once it is there, for files that a button asks for; an error when its job ends without one. */
export async function awaited<Data extends Answered>(ask: () => Call<Data>, pause = FOLLOWED): Promise<Data> {
  let asked = await analysed(ask());
  if (asked.analysis && failureOf(asked)) await refresh(asked.analysis.id);
  while (asked.data === null) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    asked = await analysed(ask());
    const failure = failureOf(asked);
    if (failure) throw failure;
  }
  return asked.data;
}

function failureOf({ data, analysis }: Analysed<unknown>): ApiError | null {
  const job = data === null ? jobOf(analysis) : null;
  return job && hasEnded(job) ? new ApiError(500, "analysis_failed", job.error || job.title) : null;
}
