import { describe, expect, inject, test } from "vitest";

import type { RawLine } from "../../files/lines.ts";

import { lineSchemas } from "../../domain/run-file/lines.ts";
import { formatProblem, UserError } from "../../domain/text.ts";
import { sampleOf, type Site } from "../testing/schema-sample.ts";
import { checkedLine } from "./checked-line.ts";

type Kind = keyof typeof lineSchemas;
type Path = Site["path"];

const kinds = Object.keys(lineSchemas) as Kind[];

/** The first line is the header; any other stands below it. */
const raw = (kind: Kind, text: string): RawLine => ({
  bytes: Buffer.from(text),
  start: 0,
  line: kind === "run" ? 1 : 2,
  ended: true,
});

/** The messages with which a line is refused, or null where it is read. Any other error fails the test. */
function refusal(kind: Kind, text: string): string | null {
  try {
    checkedLine("run.jsonl", raw(kind, text));
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(2);
    return [error.text.en, ...error.problems.map((each) => formatProblem(each, "en"))].join("\n");
  }
}

/** A copy of the value whose member at the path is what `change` makes of it; undefined takes it out. */
function changed(
  value: unknown,
  [name, ...rest]: Path,
  change: (old: unknown) => unknown,
): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each, index) => (index === name ? changed(each, rest, change) : each));
  }
  const members = Object.entries(value as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    members.map(([key, each]) => [key, key === name ? changed(each, rest, change) : each]),
  );
}

/** One of each JSON type, and numbers that are no count and no share; the matrix tries two of most. */
const others = inject("matrix")
  ? ["rihgt", "", 7, 1.5, -1, true, null, [], [null], {}, { x: [] }]
  : ["rihgt", 1.5, -1, true, null, [null], {}];

const endless = '"∞"';

/** The text with one key of an object written twice, the second time with this value. */
function doubled(line: unknown, path: Path, value: string): string {
  const holder = path.slice(0, -1);
  const twin = "\0twin";
  const text = JSON.stringify(
    changed(line, holder, (old) => ({ ...(old as object), [twin]: "\0value" })),
  );
  return text
    .replace(JSON.stringify(twin), () => JSON.stringify(path.at(-1)))
    .replace(JSON.stringify("\0value"), () => value);
}

const at = (value: unknown, path: Path): unknown => {
  let found = value;
  changed(value, path, (old) => (found = old));
  return found;
};

describe.each(kinds)("every field of a line of kind %s", (kind) => {
  const sites: Site[] = [];
  const line = sampleOf(lineSchemas[kind], sites);
  const accepts = (value: unknown): boolean => lineSchemas[kind].safeParse(value).success;

  test("the whole line is read", () => {
    expect(sites.length).toBeGreaterThan(5);
    expect(refusal(kind, JSON.stringify(line))).toBeNull();
  });

  test.each(sites.map((site) => [site.path.join("."), site] as const))(
    "%s",
    (_, { path, required }) => {
      const name = String(path.at(-1));
      let wrong = 0;
      for (const value of others) {
        const other = changed(line, path, () => value);
        const said = refusal(kind, JSON.stringify(other));
        expect(said === null, `${JSON.stringify(value)} as ${name}`).toBe(accepts(other));
        if (said === null) continue;
        wrong += 1;
        if (name !== "kind") expect(said).toMatch(kind === "run" ? "run.jsonl" : "run.jsonl:2:1");
      }
      // 1e999 is a number in JSON, and infinite.
      const text = JSON.stringify(changed(line, path, () => "∞")).replace(endless, "1e999");
      const isFree = wrong === 0;
      if (!isFree) {
        expect(wrong).toBeGreaterThan(1);
        expect(refusal(kind, text)).toContain("run.jsonl");
      }
      if (required)
        expect(refusal(kind, JSON.stringify(changed(line, path, () => undefined)))).not.toBeNull();
      for (const value of [JSON.stringify(at(line, path)), '"other"', "null"]) {
        expect(refusal(kind, doubled(line, path, value))).toContain(name);
      }
    },
  );
});

test.each([
  ["no member but its kind", '{"kind":"answer"}', 'key  missing required "key" (expected a text)'],
  ["a second header", JSON.stringify(sampleOf(lineSchemas.run)), "kind  a second header"],
  ["an unknown kind", '{"kind":"anwser"}', 'did you mean "answer"?'],
  ["a kind that is no text", '{"kind":7}', "kind  expected one of run, item, step, answer"],
  ["no kind", "{}", "kind  expected one of"],
  ["no object", "7", "kind  expected one of"],
  ["no JSON", '{"kind":"answer",', "run.jsonl:2 is not valid JSON"],
  ["null bytes", '{"kind":"answer"}\0\0\0', "run.jsonl:2 holds null bytes from byte 17 on"],
  [
    "a key in other letters",
    String.raw`{"kind":"end","k\u0069nd":"end"}`,
    "kind  this key stands twice",
  ],
])("%s", (_, text, expected) => {
  expect(refusal("answer", text)).toContain(expected);
});

const score = sampleOf(lineSchemas.score) as Readonly<Record<string, unknown>>;

test.each([
  ["value", { value: 7 }, "value  expected a number ≤ 1; got 7"],
  [
    "verdict",
    { verdict: "rihgt" },
    'verdict  expected one of right, wrong, partial, unresolved, filtered, overflow, ungraded, failed; got "rihgt"; did you mean "right"?',
  ],
  [
    "a verdict that counts, without a value",
    { value: null },
    "value  expected null for ungraded and failed, else a number from 0 to 1; got nothing (null)",
  ],
  [
    "a void verdict with a value",
    { verdict: "ungraded" },
    "value  expected null for ungraded and failed",
  ],
])("score: %s", (_, more, expected) => {
  const said = refusal("score", JSON.stringify({ ...score, ...more }));
  expect(said).toContain(`run.jsonl:2:1  ${expected}`);
});

test("what only looks like a doubled key is none", () => {
  for (const why of [
    ":",
    '":',
    'he said "a": b',
    String.raw`\":`,
    "x\\",
    "a : b",
    '{"a":1,"a":2}',
  ]) {
    expect(refusal("score", JSON.stringify({ ...score, why }))).toBeNull();
    const notes = { [why]: true, "a:": 1, "\\": 2 };
    expect(refusal("score", JSON.stringify({ ...score, notes }))).toBeNull();
    expect(refusal("score", doubled({ ...score, notes, why }, ["notes", "\\"], "3"))).toContain(
      "twice",
    );
  }
  const spaced = JSON.stringify(score, null, 1).replaceAll('":', '" :').replaceAll("\n", " ");
  expect(refusal("score", spaced)).toBeNull();
});
