import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { parse } from "yaml";

import type { Lang } from "../../domain/text.ts";

import { Prices } from "../../domain/choosing/prices.ts";
import { Scorecard } from "../../domain/choosing/scorecard.ts";
import { Traffic } from "../../domain/choosing/traffic.ts";
import { readClauses } from "../../report/clauses/read/read-clauses.ts";
import { sampleClauses } from "../../report/clauses/sample.ts";
import { samplePrices, sampleTraffic } from "../bill/sample.ts";
import { sampleScorecard } from "../choose/sample.ts";
import { newFolder } from "../testing/command-context.ts";

const folder = newFolder();
const samples = { choose: sampleScorecard, cost: sampleTraffic, reprice: samplePrices };
const schemas = { choose: Scorecard, cost: Traffic, reprice: Prices };

/** Fields in which a person writes words. */
const worded = new Set(["title", "name", "unit", "source", "license", "filing", "target"]);

/** With the rows that stand behind a `#` at the head of a line, so that these are read as well. */
const uncommented = (text: string): string => text.replaceAll(/^( *)# (?=[ a-z-])/gmu, "$1");

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !worded.has(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutWords(each)]));
}

test.each(["choose", "cost", "reprice"] as const)(
  "%s --sample says the same in both languages, the rows behind # too",
  (command) => {
    const read = (lang: Lang) =>
      withoutWords(schemas[command].parse(parse(uncommented(samples[command][lang]))));
    const zh = read("zh");
    expect(read("en")).toEqual(zh);
    // The rows behind # were read.
    expect(JSON.stringify(zh)).toMatch(/2026-11-01|fx|package/u);
  },
);

test("respond --sample asks for the same in both languages", async () => {
  const read = async (lang: Lang) => {
    const file = join(folder, `clauses.${lang}.yaml`);
    writeFileSync(file, sampleClauses[lang]);
    const { clauses } = await readClauses(file);
    return clauses.map(({ no, mark, measure, bound, at }) => ({
      no,
      mark,
      measure,
      limits: bound?.limits,
      at,
    }));
  };
  expect(await read("en")).toEqual(await read("zh"));
});

test.each([
  ["choose", sampleScorecard.en],
  ["cost", sampleTraffic.en],
  ["reprice", samplePrices.en],
  ["respond", sampleClauses.en],
])("%s --sample in English has no Chinese but the names of Chinese institutions", (_, text) => {
  expect(text.replaceAll(/备案|等级保护/gu, "")).not.toMatch(/\p{Script=Han}/u);
});
