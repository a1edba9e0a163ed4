import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, expect, inject, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine, RunFileLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { EndLine } from "../../domain/run-file/session.ts";

import { createHider } from "../../text/secrets/redact.ts";
import { runLine } from "../testing/run-line.ts";
import { hideInLine, hidingWriter } from "./hide-line.ts";
import { createRunFile } from "./writer.ts";

const folder = await mkdtemp(join(tmpdir(), "baimo-hide-"));
afterAll(() => rm(folder, { recursive: true }));

/** A call in which `said` stands in every field that a vendor fills. */
const callOf = (said: string): CallRecord => ({
  outcome: "ok",
  text: said,
  reasoning: said,
  finish: { reason: "other", raw: said },
  tool_calls: [{ id: said, name: said, arguments: said }],
  usage: { input: 1, output: 1, cached_input: null, cache_write: null, reasoning: null },
  model_returned: said,
  fingerprint: said,
  request_id: said,
  dropped: [],
  simulated: false,
  timing: null,
  cost: null,
  cost_incomplete: false,
  attempts: [
    {
      outcome: "server",
      status: 500,
      code: said,
      message: said,
      wait_ms: 1,
      timing: null,
      streamed: false,
    },
  ],
});

const answerOf = (said: string): AnswerLine => ({
  kind: "answer",
  key: "s/t/1@lm-studio/qwen#1",
  item: "s/t/1",
  wording: null,
  trial: 1,
  target: "lm-studio/qwen",
  ask_digest: "a",
  digest: "d",
  outcome: "ok",
  turns: [callOf(said), callOf(said)],
});

const scoreOf = (said: string): ScoreLine => ({
  kind: "score",
  key: "s/t/1@lm-studio/qwen#1",
  grader: { id: "judge", version: "1", digest: "d" },
  verdict: "wrong",
  value: 0,
  extracted: said,
  why: said,
  notes: { [said]: said },
  turns: [{ verdict: "wrong", value: 0, extracted: said, why: said }],
  judge_calls: [{ ...callOf(said), judge: "lm-studio/judge", params: {}, prompt_digest: "p" }],
});

const endOf = (said: string): EndLine => ({
  kind: "end",
  when: "2026-11-21T20:16:00.000Z",
  status: "failed",
  answers: 1,
  failed: 1,
  wall_ms: 1,
  loop: { utilisation: 0, lag_p99_ms: 0, send_lag_p50_ms: null, trusted: true },
  stopped: [
    {
      target: "lm-studio/qwen",
      reason: "auth",
      status: 401,
      code: said,
      message: said,
      unasked: 1,
    },
  ],
});

const linesOf = [answerOf, scoreOf, endOf] as const;

const hex = (text: string): string => Buffer.from(text).toString("hex");
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const base64url = (text: string): string => Buffer.from(text).toString("base64url");
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const units = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");

/** What a vendor may make of a key, and how a reader of the file would get it back. */
const forms: Readonly<Record<string, (key: string) => string>> = {
  verbatim: (key) => key,
  url: encodeURIComponent,
  "url twice": (key) => encodeURIComponent(encodeURIComponent(key)),
  "form of a page": (key) => new URLSearchParams({ key }).toString(),
  json,
  "json in json": (key) => json(json(key)),
  "json of PHP": (key) => json(key).replaceAll("/", "\\/"),
  "json, all escaped": units,
  html: (key) => Array.from(key, (letter) => `&#${letter.codePointAt(0)};`).join(""),
  hex,
  "hex, capitals": (key) => hex(key).toUpperCase(),
  "hex dump": (key) => hex(key).replaceAll(/(..)(?!$)/g, "$1 "),
  "hex with colons": (key) => hex(key).replaceAll(/(..)(?!$)/g, "$1:"),
  base64,
  base64url,
  "base64 without padding": (key) => base64(key).replace(/=+$/, ""),
  "base64 of name and key": (key) => base64(`user:${key}`),
  "base64 of a longer text": (key) => base64(`{"key":"${key}","more":true}`),
  "base64url of a longer text": (key) => base64url(`x${key}, and so on`),
  "base64 in a URL": (key) => encodeURIComponent(base64(`no${key}`)),
  "base64 in lines": (key) => base64(`${"x".repeat(50)}${key}`).replaceAll(/(.{76})/g, "$1\r\n"),
};

/** Whether a key can still be read from a text that was written in one of the forms. */
function isThere(text: string, key: string): boolean {
  const bytes = Buffer.from(key);
  const joined = text.replaceAll(/\\+[rn]|\s/g, "");
  const runs = joined.match(/[\w+/%-]{8,}/g) ?? [];
  const plain = runs.map((run) =>
    run.replaceAll(/%(?:25)*2B/gi, "+").replaceAll(/%(?:25)*2F/gi, "/"),
  );
  return (
    text.includes(key) ||
    text.replaceAll(/\\+/g, "").includes(key.replaceAll(/\\+/g, "")) ||
    text.toLowerCase().replaceAll(/[\s:]/g, "").includes(hex(key)) ||
    plain.some((run) =>
      [0, 1, 2, 3].some((skip) => Buffer.from(run.slice(skip), "base64").includes(bytes)),
    )
  );
}

const keys = fc.oneof(
  fc.stringMatching(/^sk-[A-Za-z0-9_-]{16,48}$/),
  fc.stringMatching(/^[A-Za-z0-9+/=.~:]{8,40}$/),
  fc.string({ unit: "grapheme", minLength: 8, maxLength: 24 }).map((text) => text.toWellFormed()),
);

const around = fc.string({ unit: "grapheme-ascii", maxLength: 8 });

test("no key survives in a written line, in whichever field and form; the line stays JSON", () => {
  fc.assert(
    fc.property(
      keys.filter((key) => key.trim().length >= 8),
      fc.constantFrom(...Object.keys(forms)),
      fc.constantFrom(...linesOf),
      around,
      around,
      (key, form, lineOf, before, after) => {
        const said = forms[form]?.(key) ?? "";
        // By chance, or because stars are all there is to it.
        fc.pre(!isThere(`${before}  ${after}***`, key));
        const line = lineOf(`${before} ${said} ${after}`);
        const written = JSON.stringify(hideInLine(line, createHider([key])));
        JSON.parse(written, (name: string, value: unknown): unknown => {
          if (typeof value === "string")
            expect(isThere(value, key), `${form}: ${value}`).toBe(false);
          expect(isThere(name, key)).toBe(false);
          return value;
        });
        expect(written).toContain("***");
      },
    ),
    { numRuns: inject("matrix") ? 300 : 60 },
  );
});

test("what says which answer this is stays, even where it looks like the key", () => {
  const hide = createHider(["lm-studio"]);
  for (const lineOf of linesOf) {
    const hidden: RunFileLine = hideInLine(lineOf("by lm-studio"), hide);
    expect(hidden).toEqual(lineOf("by ***"));
  }
});

test("every line goes through it on its way to the file", async () => {
  const file = join(folder, "run.jsonl");
  const hide = createHider(["geheim-4711"]);
  const writer = hidingWriter(await createRunFile(file, runLine), hide);
  for (const lineOf of linesOf) await writer.append(lineOf(base64("geheim-4711")));
  await writer.close();
  expect(await readFile(file, "utf8")).not.toContain(base64("geheim-4711").slice(0, 8));
});
