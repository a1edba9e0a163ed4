import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

import { Board } from "../domain/board.ts";
import { Config } from "../domain/config.ts";
import { Provider } from "../domain/provider.ts";
import { Suite } from "../domain/suite.ts";
import { loadPlugin, pluginIds } from "../plugins.ts";
import { type Finding, validate } from "../validation/issues.ts";

/** A value of each kind, none of which fits everywhere. */
const strange: readonly unknown[] = [
  null,
  "",
  "完全不同",
  -1,
  1.5,
  1e99,
  true,
  [],
  {},
  [[null]],
  { 甲: { 乙: [1] } },
];

/** Every value that differs from a document in one place: a strange value there, a key more, or one less. */
function* spoilt(document: unknown): Generator {
  yield* strange;
  if (typeof document !== "object" || document === null) return;
  for (const [name, member] of Object.entries(document)) {
    for (const other of spoilt(member)) {
      const copy: unknown = structuredClone(document);
      Reflect.set(Object(copy), name, other);
      yield copy;
    }
    const less: unknown = structuredClone(document);
    if (!Array.isArray(less)) Reflect.deleteProperty(Object(less), name);
    yield less;
  }
  if (!Array.isArray(document)) yield { ...document, anotherKey: 1 };
}

const suite: unknown = parse(`
schema: suite/1
id: s
title: 题
data_class: 公开
vars: {place: 上海}
defaults: {params: {temperature: 0, stop: [x]}, circular: 2, red_line: {unresolved: review}}
tasks:
  - id: t
    dimension: [a, b]
    prompt: "{{question}}"
    wordings: {x: "{{question}}", y: {system: 简短}}
    matrix: {to: [法语]}
    circular: true
    examples: {from: d.jsonl, n: 1, seed: 0, reply: x}
    tools: [{name: f, parameters: {}}, {type: function, function: {name: g}}]
    grader: {use: exact, with: {mode: characters}}
    items: {generate: needle, n: 1, seed: 1, with: {length: 300}, matrix: {depth: [0]}}
  - id: u
    dimension: [a]
    examples: [{question: 问, answer: 答, options: [a, b]}]
    grader: {use: code}
    items:
      - {id: a, question: 问, options: {A: 甲}, answer: [A], tolerance: 0.1, tags: [t], difficulty: 3, vars: {n: 1}}
      - {id: b, messages: [{role: user, text: 你}], turns: [{user: 问, answers: [x, [y]], rubric: r, weight: 0}]}
      - {id: c, question: 问, tests: [{stdin: "1", stdout: "2"}], mutants: [x], constraints: [{check: length}], expect: refuse}
  - {id: v, dimension: [a], grader: {use: exact}, items: {from: d.jsonl}, severity: 红线}
`);
const config: unknown = parse(`
schema: baimo/1
suites: [a]
targets: [sim/x, {ref: sim/y, as: z, temperature: 0}]
judges: {default: [sim/x], p: {use: [sim/x], votes: 3, combine: median, same_family: allow}}
providers: {mine: {protocol: openai-chat, base_url: "http://127.0.0.1/v1", auth: {scheme: none}}}
run: {trials: 1, deadlines: {connect: 5s}, max_cost: {amount: 1, currency: CNY}, fx: {USD_CNY: {rate: 7, date: 2026-01-01, source: x}}}
gate: {max_error_rate: 0.1, min_score: {总分: 50}, regression: {margin: 5}}
notify: [{kind: generic, url_env: X, when: always}]
graders: {g: g.mjs}
runners: {go: {command: [go], file: main.go}}
egress: {allow: [x]}
`);
const board: unknown = parse(`
schema: board/1
id: b
members: [{suite: s, weight: 2}]
total: {method: macro}
reference: [a/b]
tie: 0.1
`);
const provider: unknown = parse(`
schema: provider/1
id: p
name: {zh: 某厂, en: V}
protocol: openai-chat
base_url: https://example.com/v1
auth: {scheme: bearer, env: KEY}
models: [{id: m, price: {currency: CNY, verified: true, tiers: [{input: 1, output: 2}]}}]
`);

/** What zod says by itself. */
const phrases =
  /Invalid|[Ee]xpected [a-z]|received|Required|Too (?:small|big)|Unrecognized|must be|at least|No matching|undefined|NaN|\{"expected/;

/** Messages whose Chinese is none, or holds words of zod's. A message may quote what was written. */
const foreign = (findings: readonly Finding[]): readonly string[] =>
  findings
    .map(({ message: { zh } }) => zh)
    .filter((zh) => phrases.test(zh) || !/\p{Script=Han}/u.test(zh));

function checked(schema: z.ZodType, document: unknown): number {
  let count = 0;
  for (const value of spoilt(document)) {
    const result = validate(schema, value);
    if (result.ok) continue;
    count += result.findings.length;
    expect(foreign(result.findings)).toEqual([]);
  }
  return count;
}

test.each([
  ["suite", Suite, suite, 1_000],
  ["config", Config, config, 500],
  ["board", Board, board, 100],
  ["provider", Provider, provider, 150],
] as const)("whatever is wrong in a %s is told in Chinese", (_, schema, document, least) => {
  expect(checked(schema, document)).toBeGreaterThan(least);
});

test.each(["graders", "generators", "constraints"] as const)(
  "the same for the options of all %s",
  async (folder) => {
    const document = {
      length: 1,
      depth: 1,
      people: 1,
      hops: 1,
      rows: 1,
      text: "x",
      of: "句",
      max: 1,
    };
    for (const id of pluginIds(folder)) {
      const plugin = await loadPlugin<{ readonly options: z.ZodType }>(folder, id);
      if (plugin === null) throw new Error(`no ${id}`);
      expect(checked(plugin.options, document)).toBeGreaterThan(5);
    }
  },
);

test("and for kinds of schemas that an in-house grader may use", () => {
  const options = z.strictObject({
    mail: z.email(),
    url: z.url(),
    when: z.iso.datetime(),
    day: z.date().min(new Date(0)),
    big: z.bigint().min(3n),
    set: z.set(z.number()).min(1),
    map: z.map(z.string(), z.number()),
    pair: z.tuple([z.string(), z.number()]),
    kind: z.discriminatedUnion("type", [
      z.object({ type: z.literal("a") }),
      z.object({ type: z.literal("b"), n: z.number() }),
    ]),
    both: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })),
    lines: z.templateLiteral(["v", z.number()]),
    even: z.number().multipleOf(2),
    short: z.string().max(2).regex(/x/).startsWith("a"),
    one: z.enum(["甲", "乙"]),
    own: z.custom((value) => value === 1),
    refined: z.string().refine((text) => text === "x"),
    names: z.record(z.enum(["a", "b"]), z.number()),
    never: z.never(),
    symbol: z.symbol(),
  });
  const document = Object.fromEntries(
    Object.keys(options.shape).map((name) => [name, { type: "a" }]),
  );
  expect(checked(options, document)).toBeGreaterThan(1_000);
});
