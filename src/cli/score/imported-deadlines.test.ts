import { expect, test } from "vitest";

import type { Settings } from "../../domain/run-file/header.ts";

import { settingsOf } from "../run/settings.ts";

const usual = settingsOf({}, null, null);

test("a run keeps the deadlines that it was asked with", () => {
  const deadlines_ms = { connect: 1_000, first_byte: 2_000, idle: 3_000, total: 4_000 };
  expect(settingsOf({}, null, { ...usual, deadlines_ms }).deadlines_ms).toEqual(deadlines_ms);
});

test("answers from elsewhere were asked with none, and their judges keep the usual ones", () => {
  const imported: Settings = {
    ...usual,
    deadlines_ms: { connect: 0, first_byte: 0, idle: 0, total: 0 },
  };
  expect(settingsOf({}, null, imported).deadlines_ms).toEqual(usual.deadlines_ms);
  expect(usual.deadlines_ms.total).toBeGreaterThan(60_000);
});
