import { hold, release } from "./players";

const freed: string[] = [];

beforeEach(() => {
  let made = 0;
  freed.length = 0;
  vi.stubGlobal("URL", {
    createObjectURL: () => {
      made += 1;
      return `blob:${made}`;
    },
    revokeObjectURL: (address: string) => freed.push(address),
  });
  for (const name of ["pause", "load"] as const)
    vi.spyOn(HTMLMediaElement.prototype, name).mockReturnValue(undefined);
});
afterEach(() => vi.unstubAllGlobals());

test("whoever shows a clip gets the player that was made ready for it", () => {
  const file = new Blob(["sound"]);
  const ready = hold(file);
  expect(ready.isConnected).toBe(false);
  expect(ready.autoplay).toBe(false);
  expect(hold(file)).toBe(ready);
  release(file);
  release(file);
});

test("a file is freed when the last one gives its player back, and not before", () => {
  const file = new Blob(["sound"]);
  const player = hold(file);
  hold(file);
  release(file);
  expect(freed).toEqual([]);
  release(file);
  expect(freed).toEqual(["blob:1"]);
  expect(player.hasAttribute("src")).toBe(false);
  expect(hold(file)).not.toBe(player);
  release(file);
});

test("nothing changes the tempo of a clip", () => {
  const file = new Blob(["sound"]);
  const player = hold(file);
  player.playbackRate = 2;
  player.dispatchEvent(new Event("ratechange"));
  expect(player.playbackRate).toBe(1);
  release(file);
});
