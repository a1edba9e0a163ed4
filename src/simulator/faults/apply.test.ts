import { join } from "node:path";

import { expect, test } from "vitest";

import type { RawOptions, Seen } from "../testing/raw.ts";
import type { FaultScriptInput } from "./script.ts";

import { startSimulator } from "../server/server.ts";
import { dataOf, rawChat, textOf } from "../testing/raw.ts";

type FaultInput = Extract<
  NonNullable<FaultScriptInput["rules"]>[number]["do"],
  { readonly fault: string }
>;

const starter = join(import.meta.dirname, "../../../suites/starter.yaml");
const messages = [
  { role: "user", content: "请用一句话介绍长城，句中必须出现“世界文化遗产”这六个字。" },
];

/** One request that gets the fault, and the server's counts afterwards. */
async function meet(fault: FaultInput, body: object = {}, options: RawOptions = {}) {
  const simulator = await startSimulator({
    suites: [starter],
    speed: 1000,
    script: { schema: "faults/1", rules: [{ do: fault }] },
  });
  const stream = { stream: true, stream_options: { include_usage: true } };
  const seen = await rawChat(
    simulator.url,
    { model: "yuanshan", messages, ...stream, ...body },
    options,
  );
  await simulator.close();
  return { ...seen, stats: simulator.stats() };
}

const whole = { stream: false, stream_options: null };
const finishOf = ({ body }: Seen) => /"finish_reason":"(\w+)"/.exec(body)?.[1] ?? null;
const errorOf = ({ body }: Seen): unknown => (JSON.parse(body) as { error?: unknown }).error;

test.each([
  [{ fault: "status", status: 429 }, { error: { code: "rate_limit_exceeded" } }, {}],
  [{ fault: "status", status: 429, retry_after_s: 2 }, {}, { "retry-after": "2" }],
  [{ fault: "status", status: 429, retry_after_ms: 750 }, {}, { "retry-after-ms": "750" }],
  [{ fault: "status", status: 500 }, { error: { type: "server_error" } }, {}],
  [{ fault: "status", status: 502, code: "upstream" }, { error: { code: "upstream" } }, {}],
  [{ fault: "status", status: 402, message: "余额不足" }, { error: { message: "余额不足" } }, {}],
] as const)("%o comes in the vendor's format", async (fault, shape, headers) => {
  const seen = await meet(fault);
  expect(seen).toMatchObject({ status: fault.status, error: null });
  expect(seen.headers).toMatchObject({ ...headers, "x-baimo-simulated": "1" });
  expect(JSON.parse(seen.body)).toMatchObject(shape);
  expect(seen.stats).toMatchObject({ statuses: { [fault.status]: 1 }, faults: { status: 1 } });
});

test("Retry-After may be a date", async () => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  const seen = await meet({ fault: "status", status: 503, retry_after_date_s: 90 });
  const date = Date.parse(String(seen.headers["retry-after"]));
  expect(date - before).toBeGreaterThanOrEqual(90_000);
  expect(date - Date.now()).toBeLessThanOrEqual(90_000);
});

test.each([
  ["html", "text/html", "<!DOCTYPE html>"],
  ["text", "text/plain", "simulated failure"],
  ["empty", undefined, ""],
] as const)("a 503 with a body of kind %s", async (body, type, start) => {
  const seen = await meet({ fault: "status", status: 503, body });
  expect(seen).toMatchObject({ status: 503, error: null });
  expect(seen.headers["content-type"]?.split(";")[0]).toBe(type);
  expect(seen.body.startsWith(start)).toBe(true);
});

test("a reset before the headers and one in the stream", async () => {
  expect(await meet({ fault: "reset" })).toMatchObject({
    status: null,
    error: "ECONNRESET",
    stats: { statuses: { 0: 1 }, faults: { reset: 1 } },
  });
  const late = await meet({ fault: "reset", after_chunks: 5 });
  expect(late).toMatchObject({ status: 200, error: "ECONNRESET" });
  expect(finishOf(late)).toBeNull();
});

test("a truncated stream closes cleanly after n chunks, without finish reason and end marker", async () => {
  const seen = await meet({ fault: "truncate", after_chunks: 4 });
  expect(seen).toMatchObject({ status: 200, error: null });
  expect(dataOf(seen.body)).toHaveLength(5);
  expect(finishOf(seen)).toBeNull();
});

test("a truncated body closes cleanly and is half of a JSON text", async () => {
  const seen = await meet({ fault: "truncate" }, whole);
  expect(seen).toMatchObject({ status: 200, error: null });
  expect(seen.body).toMatch(/^\{"id"/);
  expect(() => JSON.parse(seen.body) as unknown).toThrow(SyntaxError);
});

test("one malformed event in an otherwise good stream", async () => {
  const seen = await meet({ fault: "malformed" });
  const bad = dataOf(seen.body).filter((data) => data.startsWith("{") && !data.endsWith("}"));
  expect(bad).toHaveLength(1);
  expect(finishOf(seen)).toBe("stop");
  expect(() => JSON.parse(bad[0] ?? "{}") as unknown).toThrow(SyntaxError);
});

test("a malformed body is not JSON", async () => {
  const seen = await meet({ fault: "malformed" }, whole);
  expect(seen.status).toBe(200);
  expect(() => JSON.parse(seen.body) as unknown).toThrow(SyntaxError);
});

test("an error inside HTTP 200, as JSON, as an event, and in the middle of a stream", async () => {
  const json = await meet({ fault: "error-200", outcome: "rate-limited" });
  expect(json).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
  expect(errorOf(json)).toMatchObject({ code: "rate_limit_exceeded" });
  const sse = await meet({ fault: "error-200", as: "sse", message: "坏了" });
  expect(sse.headers["content-type"]).toContain("text/event-stream");
  expect(JSON.parse(dataOf(sse.body)[0] ?? "")).toMatchObject({ error: { message: "坏了" } });
  const middle = await meet({ fault: "stream-error", after_chunks: 2 });
  const data = dataOf(middle.body);
  expect(data).toHaveLength(4);
  expect(JSON.parse(data.at(-1) ?? "")).toMatchObject({ error: { type: "server_error" } });
});

test("a trickle sends comments and then the answer, or comments forever", async () => {
  const late = await meet({ fault: "trickle", every_s: 1, for_s: 5 });
  expect(late.body.match(/^: keep-alive$/gm)).toHaveLength(5);
  expect(finishOf(late)).toBe("stop");
  const enough = (body: string) => body.split(": keep-alive").length > 20;
  const never = await meet({ fault: "trickle", every_s: 1 }, {}, { enough });
  expect(never).toMatchObject({ status: 200, error: "gave up" });
  expect(dataOf(never.body)).toEqual([]);
});

test.each([
  ["start", null, 0],
  ["headers", 200, 0],
  ["stream", 200, 4],
] as const)("a hang at the %s", async (at, status, events) => {
  const seen = await meet({ fault: "hang", at }, {}, { patience_ms: 300 });
  expect(seen).toMatchObject({ status, error: "gave up" });
  expect(dataOf(seen.body)).toHaveLength(events);
  expect(seen.stats.in_flight).toBe(0);
});

test("content filters on input and on output", async () => {
  const input = await meet({ fault: "filter-input" });
  expect(input.status).toBe(400);
  expect(errorOf(input)).toMatchObject({ code: "content_filter" });
  const output = await meet({ fault: "filter-output", after_chunks: 2 });
  expect(finishOf(output)).toBe("content_filter");
  expect(textOf(output.body).length).toBeLessThan(16);
  const full = await meet({ fault: "filter-output" }, whole);
  expect(finishOf(full)).toBe("content_filter");
});

test("an empty answer, no end marker, no usage", async () => {
  const empty = await meet({ fault: "empty" });
  expect([textOf(empty.body), finishOf(empty)]).toEqual(["", "stop"]);
  const noDone = await meet({ fault: "no-done" });
  expect(dataOf(noDone.body).at(-1)).toContain('"usage"');
  const noUsage = await meet({ fault: "no-usage" });
  expect(noUsage.body).not.toContain("prompt_tokens");
  expect(dataOf(noUsage.body).at(-1)).toBe("[DONE]");
  const bare = await meet({ fault: "no-usage" }, whole);
  expect(bare.body).not.toContain("usage");
  expect(finishOf(bare)).toBe("stop");
});

test("a login page with HTTP 200", async () => {
  const seen = await meet({ fault: "login-page" });
  expect(seen).toMatchObject({ status: 200, error: null });
  expect(seen.headers["content-type"]).toContain("text/html");
  expect(seen.body).toContain("<form");
});

test("a slow answer and one that starts with its role alone arrive complete", async () => {
  for (const fault of [{ fault: "slow" }, { fault: "role-only" }] as const) {
    const seen = await meet(fault);
    expect(finishOf(seen)).toBe("stop");
    expect(textOf(seen.body)).not.toBe("");
  }
});

test("hostile text and very long lines", async () => {
  const hostile = textOf((await meet({ fault: "escapes" })).body);
  for (const sign of ["\u001b[2J", "\u001b]0;", "\u202e", "\u200b", "\u009b"]) {
    expect(hostile).toContain(sign);
  }
  const long = textOf((await meet({ fault: "long-line" })).body);
  expect(Math.max(...long.split("\n").map((line) => line.length))).toBe(10_000);
});
