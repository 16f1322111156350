import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { useFetchAhead } from "./media";

const clip = (name: string) => ({ assignment: name, position: 1, media_url: `/media/${name}/` });
const CLIPS = ["shown", "second", "third", "fourth"].map(clip);

function fetchAhead(statuses: Record<string, number> = {}) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return new Response("bytes", { status: statuses[address] ?? 200 });
  });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const page = renderHook(({ left }) => useFetchAhead(left), { wrapper, initialProps: { left: CLIPS } });
  const here = () => CLIPS.filter(({ assignment }) => queries.getQueryData(["media", assignment]));
  return { asked, here, page };
}

const pass = (milliseconds: number) =>
  act(async () => void (await vi.advanceTimersByTimeAsync(milliseconds)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the files of the next clips are fetched in their order", async () => {
  const { asked, here } = fetchAhead();
  await pass(100);
  expect(asked).toEqual(CLIPS.map(({ media_url }) => media_url));
  expect(here()).toHaveLength(4);
});

test("they stay while somebody thinks about one clip for ten minutes, and go when they are behind", async () => {
  const { asked, here, page } = fetchAhead();
  await pass(600_000);
  expect(here()).toHaveLength(4);
  page.rerender({ left: CLIPS.slice(2) });
  await pass(600_000);
  expect(here()).toEqual(CLIPS.slice(2));
  expect(asked).toHaveLength(4);
});

test("a file that cannot be had does not keep the next ones away", async () => {
  const { here } = fetchAhead({ "/media/second/": 403 });
  await pass(100);
  expect(here().map(({ assignment }) => assignment)).toEqual(["shown", "third", "fourth"]);
});
