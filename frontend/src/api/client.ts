/** The one way to the server: typed by its schema, with the CSRF header, and errors that carry the server's words. */
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }

  /** True when asking again may help: the network, a busy server, too many requests. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });

api.use({
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
  onError() {
    return new ApiError(0, "unreachable", "The server cannot be reached.");
  },
});

/** The data of a call, or an ApiError with the server's code and sentence. */
export async function answer<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  throw errorOf(response.status, error);
}

interface ErrorBody {
  error?: { code?: string; message?: string; details?: Record<string, unknown> };
}

/** The API's error shape `{"error": {"code", "message", "details"}}` as an ApiError. */
export function errorOf(status: number, body: unknown): ApiError {
  const said = (body as ErrorBody | undefined)?.error;
  return new ApiError(
    status,
    said?.code ?? "error",
    said?.message ?? `The server answered with ${status}.`,
    said?.details,
  );
}

/** The cursor in the API's address of the next page, as the list endpoints take it. */
export function cursorOf(next: string | null | undefined): string | undefined {
  return next ? (new URL(next, window.location.origin).searchParams.get("cursor") ?? undefined) : undefined;
}
