import { nextStep } from "./next";

const counts = { sources: 12, clips: 90, supervised: 60, labelled: 0, versions: 0 };

test("the next step follows the path from video to a trained model", () => {
  expect(nextStep({ ...counts, sources: 0, clips: 0, supervised: 0 })).toBe("clips");
  expect(nextStep({ ...counts, labelled: 54 })).toBe("label");
  expect(nextStep({ ...counts, labelled: 60 })).toBe("publish");
  expect(nextStep({ ...counts, labelled: 60, versions: 1 })).toBe("train");
});

test("a project without supervised clips is never offered a version to publish", () => {
  expect(nextStep({ ...counts, supervised: 0 })).toBe("label");
});
