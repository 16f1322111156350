import { changeRows, scoreWords } from "./changes";
import type { Difference } from "./hooks";

const change = {
  clip: "v$_$1",
  modality: "text",
  before: -0.4,
  after: null,
  by: 0,
  scores: [{ annotator: "A1", before: -1, after: null }],
};
const nothing = {
  added: [],
  removed: [],
  labels: [],
  rescored: [],
  splits: [],
  transcripts: [],
  media: [],
  rules: [],
  provenance: [{ what: "consent", before: "", after: "form 7", video_id: "v" }],
};

test("every kind of change gives a row that says what it is of", () => {
  const found = {
    ...nothing,
    added: ["v$_$2"],
    labels: [change],
    splits: [{ clip: "v$_$3", before: "train", after: null }],
  } as unknown as Difference;
  expect(changeRows(found)).toEqual([
    ["added", "v$_$2"],
    ["labels", "v$_$1", "text", -0.4, null, "A1: -1 → –"],
    ["splits", "v$_$3", null, "train", null],
    ["provenance", "v consent", null, "", "form 7"],
  ]);
});

test("a score that came stands beside a dash", () => {
  expect(scoreWords({ annotator: "A7", before: null, after: 3 })).toBe("A7: – → 3");
});
