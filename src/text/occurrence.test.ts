import { expect, test } from "vitest";

import { placesOf, searchable } from "./occurrence.ts";

const stands = (part: string, text: string): string =>
  placesOf(part, searchable(text))
    .map(({ negated }) => (negated ? "negated" : "said"))
    .join(" ");

test.each([
  ["12", "共 120 人", ""],
  ["12", "共12人", "said"],
  ["5", "1/5", ""],
  ["5", "-5", ""],
  ["5", "5万", ""],
  ["5", "5.00", "said"],
  ["3:2", "比是 3∶2", "said"],
  ["AI", "TRAINING", ""],
  ["道家", "庄子不是道家，是儒家", "negated"],
  ["道家", "庄子属于道家", "said"],
  ["道家", "不能不说是道家", "said"],
  ["道家", "难道不是道家吗", "said"],
  ["道家", "没错，是道家", "said"],
  ["道家", "他不认为庄子是道家。但庄子是道家。", "negated said"],
  ["道家", "这离不开道家", "said"],
  ["道家", "非道家莫属", "said"],
  ["道家", "有人误以为是道家", "negated"],
  ["道家", "道家？不对。", "negated"],
  ["kill", "it is not kill", "negated"],
])("%j in %j: %j", (part, text, expected) => {
  expect(stands(part, text)).toBe(expected);
});
