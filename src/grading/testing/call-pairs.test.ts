import { readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { z } from "zod";

import type { Tool } from "../../domain/suite.ts";

import { gradeSample } from "../grade.ts";
import { loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const text = { type: "string" } as const;
const tool = (
  name: string,
  properties: Readonly<Record<string, z.core.util.JSONType>>,
  required: readonly string[] = Object.keys(properties),
): Tool => ({ name, parameters: { type: "object", properties, required: [...required] } });

const tools: readonly Tool[] = [
  tool(
    "get_weather",
    {
      city: text,
      unit: { type: "string", enum: ["celsius", "fahrenheit"], default: "celsius" },
      days: { type: "integer", default: 1 },
    },
    ["city"],
  ),
  tool("forecast", { city: text }),
  tool("now", {}),
  tool("transfer", { to: text, amount: { type: "number" }, memo: text }, ["to", "amount"]),
  tool("send_mail", { to: { type: "array", items: text }, subject: text }),
  tool("tag", { labels: { type: "array", items: text, uniqueItems: true } }),
  tool("set_alarm", { time: text, repeat: { type: "boolean" } }, ["time"]),
  tool("track", { order: text }),
  tool("book", {
    room: {
      type: "object",
      properties: {
        floor: { type: "integer" },
        seats: { type: "integer" },
        screen: { type: "boolean", default: false },
      },
    },
  }),
  tool("order", {
    lines: {
      type: "array",
      items: { type: "object", properties: { sku: text, n: { type: "integer" } } },
    },
  }),
  tool("locate", { person: text }),
  tool("search", { query: text }),
  tool("查快递", { 单号: text, 公司: text }, ["单号"]),
  tool("book_train", { from: text, date: { type: "string", format: "date" } }),
  tool("meet", { title: text, start: { type: "string", format: "date-time" } }),
];

const Pair = z.strictObject({
  kind: z.string(),
  reply: z.string().default(""),
  /** Name and arguments as text, as a vendor sends them. */
  calls: z.array(z.tuple([z.string(), z.string()])).default([]),
  expected: z.array(z.json()),
  verdict: z.string(),
  value: z.number().optional(),
  options: z.record(z.string(), z.json()).default({}),
});

const pairs = readFileSync(new URL("call-pairs.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => Pair.parse(JSON.parse(line)));

test("there are enough pairs", () => {
  expect(pairs.length).toBeGreaterThanOrEqual(120);
});

test.each(pairs.map((pair) => [pair.kind, pair] as const))("%s", async (_, pair) => {
  const grader = await loadGrader("calls");
  if (grader === null) throw new Error("no grader calls");
  const gold = { expected_calls: pair.expected };
  const sample = {
    ...sampleOf(pair.reply, gold),
    calls: pair.calls.map(([name, given], at) => ({ id: `c${at}`, name, arguments: given })),
    tools,
  };
  const options = parseGraderOptions(grader, pair.options);
  expect(grader.check(sample.gold, options, tools)).toEqual([]);
  const grade = await gradeSample(grader, options, sample);
  expect(grade).toMatchObject({ verdict: pair.verdict });
  if (pair.value !== undefined) expect(grade.value).toBeCloseTo(pair.value, 6);
});
