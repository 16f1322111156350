import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import "@/shared/words";
import "./words";
import { ScoreKeys } from "./ScoreKeys";

test("every score has a key that says its number and its word", () => {
  render(<ScoreKeys choice={null} disabled={false} onAnswer={() => {}} />);
  expect(screen.getAllByRole("button").map((key) => key.getAttribute("aria-label"))).toEqual([
    "−3 Very negative",
    "−2 Negative",
    "−1 Slightly negative",
    "0 Neutral",
    "+1 Slightly positive",
    "+2 Positive",
    "+3 Very positive",
  ]);
});

test("a touch answers with the key's score", async () => {
  const answer = vi.fn();
  render(<ScoreKeys choice={null} disabled={false} onAnswer={answer} />);
  await userEvent.click(screen.getByRole("button", { name: "−2 Negative" }));
  expect(answer).toHaveBeenCalledExactlyOnceWith(-2);
});

test("a clip that is not shown yet cannot be answered", async () => {
  const answer = vi.fn();
  render(<ScoreKeys choice={null} disabled onAnswer={answer} />);
  await userEvent.click(screen.getByRole("button", { name: "0 Neutral" }));
  expect(answer).not.toHaveBeenCalled();
});

test("the choice made by the arrows is marked", () => {
  render(<ScoreKeys choice={1} disabled={false} onAnswer={() => {}} />);
  expect(screen.getByRole("button", { pressed: true })).toHaveAccessibleName("+1 Slightly positive");
});
