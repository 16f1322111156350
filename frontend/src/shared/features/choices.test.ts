import type { Extractor, FeatureModality, FeatureSet } from "@/api/features";
import type { Kept } from "@/shared/words/sentences";
import { madeBy, missingOf, optionsOf, proposed, stillThere } from "./choices";

const set = (modality: FeatureModality, extractor: string, state: FeatureSet["state"]) =>
  ({ modality, extractor, state }) as FeatureSet;
const NOTHING: Kept = { code: "", english: "", facts: {} };
const NOT_HERE: Kept = { code: "bert_not_here", english: "The model is not here.", facts: { model: "bert" } };
const extractor = (modality: FeatureModality, name: string, available: boolean): Extractor => ({
  modality,
  name,
  available,
  why_not: available ? NOTHING : NOT_HERE,
});

const EXTRACTORS = [
  extractor("text", "bert", false),
  extractor("text", "lsa", true),
  extractor("audio", "egemaps", true),
  extractor("vision", "openface", false),
];

test("features that are still being made do not count as made", () => {
  expect(madeBy([set("text", "lsa", "running"), set("text", "bert", "succeeded")], "text")).toEqual(["bert"]);
});

test("complete features are proposed before extractors that could make others", () => {
  const sets = [set("text", "bert", "succeeded")];
  expect(proposed(sets, EXTRACTORS)).toEqual({ text: "bert", audio: "egemaps", vision: null });
});

test("an extractor that cannot run here is never proposed", () => {
  expect(proposed([], EXTRACTORS)).toEqual({ text: "lsa", audio: "egemaps", vision: null });
});

test("missing is what was chosen and is not complete", () => {
  const chosen = { text: "lsa", audio: "egemaps", vision: null };
  expect(missingOf(chosen, [set("text", "lsa", "succeeded"), set("audio", "egemaps", "failed")])).toEqual({
    audio: "egemaps",
  });
});

test("features that came with an import can be chosen, and are proposed when they are the newest", () => {
  const sets = [set("audio", "imported", "succeeded"), set("audio", "egemaps", "succeeded")];
  expect(proposed(sets, EXTRACTORS).audio).toBe("imported");
  const audio = EXTRACTORS.filter((one) => one.modality === "audio");
  expect(optionsOf(audio, madeBy(sets, "audio")).map(({ value }) => value)).toEqual(["imported", "egemaps"]);
});

test("an extractor that cannot run here can be chosen only where its features exist", () => {
  const text = EXTRACTORS.filter((one) => one.modality === "text");
  expect(optionsOf(text, [])[0]).toEqual({ value: "bert", why: NOT_HERE });
  expect(optionsOf(text, ["bert"])[0]).toEqual({ value: "bert", why: null });
});

test("imported features chosen for one version are not asked of another that has none", () => {
  const chosen = { text: "imported", audio: "egemaps" };
  expect(stillThere(chosen, [])).toEqual({ audio: "egemaps" });
  expect(stillThere(chosen, [set("text", "imported", "succeeded")])).toEqual(chosen);
});
