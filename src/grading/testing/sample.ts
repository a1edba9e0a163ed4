import type { Gold, Sample } from "../../domain/grader.ts";

const nothing: Gold = {
  question: "",
  options: null,
  answer: null,
  answers: null,
  aliases: [],
  tolerance: null,
  unit: null,
  points: null,
  partial: null,
  reference: null,
  rubric: null,
  constraints: null,
  tests: null,
  expected_calls: null,
  expect: null,
};

/** A gold of which only the named fields are set. */
export const goldOf = (gold: Partial<Gold>): Gold => ({ ...nothing, ...gold });

/** A finished reply to a question with this gold. */
export const sampleOf = (reply: string, gold: Partial<Gold>): Sample => ({
  gold: goldOf(gold),
  reply,
  finish_reason: "stop",
});
