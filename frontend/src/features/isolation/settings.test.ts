import { changedFrom, GROUPS, isSame } from "./settings";
import en from "./words/en";

test("every setting stands in one group and has words", () => {
  const grouped = Object.values(GROUPS).flat();
  expect(new Set(grouped).size).toBe(grouped.length);
  expect([...grouped].sort()).toEqual(Object.keys(en.setting).sort());
});

test("only what differs from the mode is sent beside its name", () => {
  const mode = { audio_method: "vocoder", bands: 1, cutoff: 400 };
  expect(changedFrom(mode, { ...mode, bands: 4 })).toEqual({ bands: 4 });
  expect(isSame(mode, { ...mode })).toBe(true);
  expect(isSame(mode, { ...mode, cutoff: 300 })).toBe(false);
});
