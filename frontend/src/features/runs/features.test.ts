import { ofModel, readBy } from "./features";

test("AV-MC reads all three modalities, a unimodal model its own alone", () => {
  expect(readBy("avmc")).toEqual(["text", "audio", "vision"]);
  expect(readBy("audio")).toEqual(["audio"]);
  expect(ofModel("vision", { text: "lsa", audio: null, vision: "landmarks" })).toEqual({
    vision: "landmarks",
  });
});
