/** The one cache of server data; an answer of 401 anywhere means signed out everywhere. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/client";
import { SESSION, type Session } from "@/api/session";

function noticeSignOut(error: Error): void {
  if (error instanceof ApiError && error.status === 401) {
    queries.setQueryData(SESSION, { user: null, roles: [] } satisfies Session);
  }
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.mayPass,
      // A server on this very machine answers while the browser believes itself offline.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
