import fc from "fast-check";
import { expect, test } from "vitest";

import { lineSchemas, type RunFileLine } from "../../domain/run-file/lines.ts";
import { UserError } from "../../domain/text.ts";
import { lineShape } from "../../validation/shape/line-shape.ts";
import { sampleOf } from "../testing/schema-sample.ts";
import { checkedLine } from "./checked-line.ts";
import { createShapedReader } from "./shaped-lines.ts";

const timing = {
  started_at: "2026-02-28T23:59:59.861Z",
  queued_ms: 0.412,
  connect_ms: null,
  headers_ms: 14.518,
  total_ms: 14.868,
  in_flight: 1,
  first_token_ms: 14.868,
  first_answer_ms: null,
  last_token_ms: 14,
  chunks: 1,
  max_gap_ms: null,
  first_chars: 9,
};
const call = {
  outcome: "ok",
  text: '先算“个位”：\n7×6=42，\\boxed{42} "so" 42。😀',
  reasoning: "",
  finish: { reason: "stop", raw: "stop" },
  usage: { input: 20, cached_input: null, cache_write: null, output: 4, reasoning: null },
  model_returned: "load-1",
  fingerprint: null,
  request_id: "r",
  dropped: [],
  simulated: false,
  timing,
  cost: { amount: 0.00012, currency: "CNY" },
  cost_incomplete: false,
  attempts: [
    { outcome: "ok", status: 200, code: null, message: null, wait_ms: null, streamed: true },
  ],
};
const answer = {
  kind: "answer",
  key: "题/加/a1#1@mine/load",
  item: "题/加/a1",
  wording: null,
  trial: 1,
  target: "mine/load",
  ask_digest: "9b476b2b",
  digest: "373c1155",
  outcome: "ok",
  turns: [call],
};
const gold = {
  question: "7×6=?",
  options: null,
  answer: 42,
  answers: null,
  aliases: ["四十二"],
  tolerance: 0.5,
  unit: "个",
  points: null,
  partial: null,
  reference: null,
  rubric: null,
  constraints: null,
  tests: null,
  expected_calls: null,
  expect: "answer",
  weight: 1,
  grader: { use: "numeric", with: { relative: 0.1 } },
};
const item = {
  kind: "item",
  item: "题/加/a1",
  suite: "题",
  task: "加",
  dimension: ["数学", "加法"],
  tags: [],
  cluster: null,
  weight: 1,
  task_weight: 0.5,
  difficulty: "难",
  severity: "红线",
  source: null,
  vars: { 省: "川", 人数: 3, 远: false },
  params: { temperature: 0.7 },
  tools: [],
  asks: [{ wording: null, ask_digest: "9b47", messages: [], turns: ["计算：7×6=?"] }],
  turns: [gold],
  gold_digest: "e460",
};
const score = {
  kind: "score",
  key: "题/加/a1#1@mine/load",
  grader: { id: "numeric", version: "14", digest: "db38" },
  verdict: "partial",
  value: 0.5,
  extracted: null,
  why: "marker",
  notes: { format_followed: true, shares: 2 },
};
const ungraded = { ...score, verdict: "ungraded", value: null, pending: true };
const several = {
  ...score,
  turns: [0.25, 1].map((value) => ({
    verdict: "partial",
    value,
    extracted: "四十二",
    why: "boxed",
  })),
};
const corpus = [item, answer, score, ungraded, several].map((line) => JSON.stringify(line));

const wanted = {
  item: { kind: true, item: true, turns: true, severity: true },
  answer: { kind: true, key: true, outcome: true, turns: { text: true, finish: true } },
  score: true,
} as const;
type Read = Record<string, unknown>;

/** The line as it is read by what was learnt of the corpus, or the words with which it is refused. */
function createRead() {
  const read = createShapedReader<Read>("r.jsonl", wanted);
  const readAll = (bytes: Buffer): readonly Read[] => {
    const lines: Read[] = [];
    read({ bytes, start: 1 }, (line) => lines.push(line));
    return lines;
  };
  readAll(Buffer.from(corpus.map((line) => `${line}\n`).join("")));
  return readAll;
}

function told(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.length > 0 ? error.problems : error.text;
  }
}

const parsed = (bytes: Buffer): RunFileLine =>
  checkedLine("r.jsonl", { bytes, start: 1, line: 2, ended: true });

/** What a shape gives of a whole line. */
function wantedOf({ kind, ...line }: Read): Read {
  if (kind === "item")
    return { kind, item: line["item"], turns: line["turns"], severity: line["severity"] };
  if (kind !== "answer") return { kind, ...line };
  const turns = (line["turns"] as Read[]).map(({ text, finish }) => ({ text, finish }));
  return { kind, key: line["key"], outcome: line["outcome"], turns };
}

test("lines like those before are read by their shape: only what is wanted, and as JSON has it", () => {
  const read = createRead();
  for (const line of corpus) {
    const [found] = read(Buffer.from(`${line}\n`));
    expect(found).toEqual(wantedOf(JSON.parse(line) as Read));
  }
});

const texts = [
  '""',
  '"null"',
  '"\\u00e9"',
  '"\\ud800"',
  '"答\\n\\"\\\\"',
  '"\t"',
  '"\\x"',
  '"a',
  "'a'",
  '"\u2028"',
  '"right"',
  '"红线"',
];
const numbers = [
  "0",
  "-0",
  "-1",
  "1",
  "1.5",
  "0.99999999999999999999",
  "1.0",
  "01",
  "1.",
  ".5",
  "+1",
  "1e3",
  "1E999",
  "123456789012345678",
  "9007199254740993",
  "NaN",
  "0x1",
];
const values = [
  ...texts,
  ...numbers,
  "null",
  "true",
  "[]",
  "{}",
  '{"a":1}',
  "[null]",
  " 1",
  "1 ",
  "",
  "/**/1",
];
const moments = [
  "2026-02-29T00:00:00Z",
  "2024-02-29T00:00:00.5Z",
  "2026-02-28 00:00:00Z",
  "2026-04-31T00:00:00Z",
  "2026-02-28T24:00:00Z",
  "2026-02-28T00:00:00+08:00",
].map((each) => JSON.stringify(each));

/** A value in a line: a text, a number, a word. */
const valueAt = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*|null|true|false/g;

const change = fc.oneof(
  fc.record({
    kind: fc.constant("value"),
    at: fc.nat(),
    by: fc.constantFrom(...values, ...moments),
  }),
  fc.record({
    kind: fc.constant("insert"),
    at: fc.nat(),
    by: fc.constantFrom(
      '"',
      "\\",
      ",",
      ":",
      "{",
      "}",
      "]",
      "\0",
      "\n",
      "\r",
      " ",
      "9",
      '"key":"x",',
      '"text":"y",',
      '"kind":"score",',
      ',"更":1',
    ),
  }),
  fc.record({ kind: fc.constant("cut"), at: fc.nat(), by: fc.nat({ max: 12 }).map(String) }),
);

function changed(line: string, { kind, at, by }: { kind: string; at: number; by: string }): string {
  if (kind === "value") {
    const places = [...line.matchAll(valueAt)];
    const place = places[at % places.length];
    if (place === undefined) return line;
    return line.slice(0, place.index) + by + line.slice(place.index + place[0].length);
  }
  const from = at % line.length;
  return (
    line.slice(0, from) +
    (kind === "insert" ? by : "") +
    line.slice(from + (kind === "cut" ? Number(by) : 0))
  );
}

/** Each line with each of its values replaced by what its schema may refuse there. */
const replaced = corpus.flatMap((line) =>
  Array.from(line.matchAll(valueAt), (_, at) =>
    ["0", "-1", "1.5", "2", "01", '""', '"null"', "null"].map((by) =>
      changed(line, { kind: "value", at, by }),
    ),
  ).flat(),
);

test("no value is read by a shape that the schema refuses in its place", () => {
  const read = createRead();
  for (const line of replaced) {
    const bytes = Buffer.from(line);
    const expected = told(() => wantedOf(parsed(bytes)));
    const found = told(() => read(Buffer.from(`${line}\n`)).map(wantedOf)[0]);
    expect(found).toEqual(expected);
  }
});

test("no line is read by a shape that its parsing and its schema would refuse or read otherwise", () => {
  const read = createRead();
  fc.assert(
    fc.property(
      fc.constantFrom(...corpus),
      fc.array(change, { minLength: 1, maxLength: 2 }),
      (line, changes) => {
        const text = changes.reduce(changed, line);
        fc.pre(!text.includes("\n"));
        const bytes = Buffer.from(text);
        const expected = told(() => wantedOf(parsed(bytes)));
        const found = told(() => read(Buffer.concat([bytes, Buffer.from("\n")])).map(wantedOf)[0]);
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 1_500 },
  );
});

test("bytes that are no UTF-8 are refused, wherever they stand", () => {
  const read = createRead();
  const line = Buffer.from(`${corpus[1]}\n`);
  for (const byte of [0x80, 0xc0, 0xff]) {
    const bytes = Buffer.from(line);
    bytes[line.indexOf("so")] = byte;
    expect(() => read(bytes)).toThrow(UserError);
  }
});

test.each(Object.keys(lineSchemas) as (keyof typeof lineSchemas)[])(
  "a line with every member of kind %s has a shape, which gives it back",
  (kind) => {
    const text = JSON.stringify(sampleOf(lineSchemas[kind], []));
    const shape = lineShape(lineSchemas[kind], text, true);
    const match = shape?.pattern.exec(Buffer.from(`${text}\n`).toString("latin1")) ?? null;
    expect(match === null ? null : shape?.build(match)).toEqual(JSON.parse(text));
  },
);

test.each([
  ["with a member of a later version", { ...score, later: 1 }],
  ["with the prototype as a name", { ...score, notes: JSON.parse('{"__proto__":"x"}') as object }],
])("a line %s has no shape", (_, line) => {
  expect(lineShape(lineSchemas.score, JSON.stringify(line), true)).toBeNull();
});

test("a line with blanks between its members has no shape", () => {
  expect(lineShape(lineSchemas.score, JSON.stringify(score, null, 1), true)).toBeNull();
});

test("lines of more shapes than are kept are all read", () => {
  const read = createRead();
  const lines = Array.from({ length: 200 }, (_, at) => ({
    ...score,
    notes: Object.fromEntries(Array.from({ length: at % 90 }, (_each, of) => [`n${of}`, of])),
  }));
  expect(read(Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join("")))).toEqual(
    lines,
  );
});
