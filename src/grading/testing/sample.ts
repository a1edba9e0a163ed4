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

/** A gold with only the given fields set. */
export const goldOf = (gold: Partial<Gold>): Gold => ({ ...nothing, ...gold });

/** A finished reply to a question with this gold. */
export const sampleOf = (reply: string, gold: Partial<Gold>): Sample => ({
  gold: goldOf(gold),
  reply,
  finish_reason: "stop",
});
