import { expect, test } from "vitest";

import type { Outcome } from "../domain/outcome.ts";
import type { ErrorRow } from "../domain/provider.ts";

import { type FailureFacts, outcomeOf, retryAfterMs } from "./failure.ts";

const facts = (change: Partial<FailureFacts>): FailureFacts => ({
  status: 400,
  code: null,
  message: "",
  body: {},
  ...change,
});

test.each<[string, readonly ErrorRow[], Partial<FailureFacts>, Outcome]>([
  ["only the status", [], { status: 403 }, "permission"],
  ["a common code", [], { code: "context_length_exceeded" }, "context-overflow"],
  [
    "a common message",
    [],
    { message: "This model's Maximum Context Length is" },
    "context-overflow",
  ],
  [
    "the vendor's row before the common ones",
    [{ code: "rate_limit*", outcome: "quota" }],
    { status: 429, code: "rate_limit_day" },
    "quota",
  ],
  [
    "the first matching row",
    [
      { status: 429, code: "1305", outcome: "overloaded" },
      { status: 429, outcome: "rate-limited" },
    ],
    { status: 429, code: "1305" },
    "overloaded",
  ],
  [
    "all conditions of a row must hold",
    [{ status: 429, message: "per day", outcome: "quota" }],
    { status: 429, message: "per minute" },
    "rate-limited",
  ],
  [
    "a path of the body",
    [{ path: "error.innererror.content_filter_result", outcome: "filtered-input" }],
    { body: { error: { innererror: { content_filter_result: {} } } } },
    "filtered-input",
  ],
  [
    "a header of the response",
    [{ status: 429, headers: { "x-remaining": "0" }, outcome: "quota" }],
    { status: 429, headers: { "x-remaining": "0" } },
    "quota",
  ],
  [
    "another value of the header",
    [{ status: 429, headers: { "x-remaining": "0" }, outcome: "quota" }],
    { status: 429, headers: { "x-remaining": "10" } },
    "rate-limited",
  ],
  [
    "no such header",
    [{ status: 429, headers: { "x-remaining": "*" }, outcome: "quota" }],
    { status: 429 },
    "rate-limited",
  ],
  [
    "a row for errors inside 200 does not hold for others",
    [{ code: "x", in_200: true, outcome: "quota" }],
    { status: 500, code: "x" },
    "server",
  ],
  [
    "a row for errors inside 200",
    [{ code: "x", in_200: true, outcome: "quota" }],
    { status: 200, code: "x" },
    "quota",
  ],
  ["inside 200, a status for a code", [], { status: 200, code: "503" }, "overloaded"],
  ["inside 200, a code that is no status", [], { status: 200, code: "20041" }, "server"],
])("%s", (_, rows, change, outcome) => {
  expect(outcomeOf(rows, facts(change))).toBe(outcome);
});

const now = new Date("2026-11-21T00:00:00Z");
test.each<[Record<string, string>, number | null]>([
  [{}, null],
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after": "2m59.5s" }, 179_500],
  [{ "retry-after": "120ms" }, 120],
  [{ "retry-after": "Sat, 21 Nov 2026 00:00:09 GMT" }, 9000],
  [{ "retry-after": "Sat, 21 Nov 2026 00:00:00 GMT" }, 0],
  [{ "retry-after": "Fri, 20 Nov 2026 00:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, null],
  [{ "retry-after": "-5" }, null],
  [{ "retry-after": "1e9" }, null],
  [{ "retry-after": "2 seconds" }, 2000],
  [{ "retry-after": "2秒" }, 2000],
  [{ "retry-after": "PT1M30S" }, 90_000],
  [{ "retry-after": "1795219205" }, 5000],
  [{ "retry-after": "Saturday, 21-Nov-26 00:00:09 GMT" }, 9000],
  [{ "x-retry-after": "4" }, 4000],
  [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
  [{ "retry-after-ms": "no", "retry-after": "1" }, 1000],
])("%j requests a wait of %s ms", (headers, expected) => {
  expect(retryAfterMs(headers, now)).toBe(expected);
});

test.each([
  [{ date: "Sat, 21 Nov 2026 09:00:00 GMT", "retry-after": "Sat, 21 Nov 2026 09:00:07 GMT" }, 7000],
  [{ "x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "0" }, 360_000],
  [
    {
      "x-ratelimit-reset-requests": "1s",
      "x-ratelimit-remaining-requests": "12",
      "x-ratelimit-reset-tokens": "120ms",
      "x-ratelimit-remaining-tokens": "0",
    },
    120,
  ],
  [
    {
      "anthropic-ratelimit-tokens-reset": "2026-11-21T00:00:04Z",
      "anthropic-ratelimit-tokens-remaining": "0",
    },
    4000,
  ],
  [{ "x-ratelimit-reset": "1795219205" }, 5000],
  [{ "x-rate-limit-reset": "5", "x-rate-limit-remaining": "0" }, 5000],
  [{ "x-ratelimit-reset-ms": "250" }, 250],
  [{ ratelimit: "limit=10, remaining=0, reset=5" }, 5000],
  [{ ratelimit: '"minute";r=0;t=7' }, 7000],
  [{ ratelimit: "limit=10, remaining=3, reset=5" }, null],
  [{ "x-requests-limit-reset": "3" }, 3000],
  [{ "retry-after": "2", "x-ratelimit-reset-requests": "6m0s" }, 2000],
  [{ "x-ratelimit-reset-requests": "1s", "x-ratelimit-remaining-requests": "5" }, null],
])("a refusal with %j", (headers, expected) => {
  expect(retryAfterMs(headers, new Date("2026-11-21T00:00:00Z"), 429)).toBe(expected);
});

/** What each vendor sends with a refusal; if it sends nothing, the wait is in the body. */
test.each<[string, Record<string, string>, number | null]>([
  [
    "OpenAI, of two limits that which is used up",
    {
      "x-ratelimit-remaining-requests": "0",
      "x-ratelimit-reset-requests": "120ms",
      "x-ratelimit-remaining-tokens": "8000",
      "x-ratelimit-reset-tokens": "6m0s",
    },
    120,
  ],
  [
    "OpenAI, milliseconds before seconds",
    { "retry-after-ms": "1250", "retry-after": "2", "x-ratelimit-reset-requests": "1s" },
    1250,
  ],
  [
    "Azure OpenAI",
    { "retry-after": "26", "retry-after-ms": "25800", "x-ratelimit-remaining-requests": "0" },
    25_800,
  ],
  [
    "Anthropic",
    {
      "anthropic-ratelimit-requests-remaining": "12",
      "anthropic-ratelimit-requests-reset": "2026-11-21T00:01:00Z",
      "anthropic-ratelimit-input-tokens-remaining": "0",
      "anthropic-ratelimit-input-tokens-reset": "2026-11-21T00:00:07Z",
      "anthropic-ratelimit-output-tokens-remaining": "0",
      "anthropic-ratelimit-output-tokens-reset": "2026-11-21T00:00:03Z",
    },
    7000,
  ],
  [
    "Groq, requests of a day",
    { "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "2m59.56s" },
    179_560,
  ],
  [
    "Groq, its own word",
    {
      "retry-after": "2",
      "x-ratelimit-remaining-tokens": "0",
      "x-ratelimit-reset-tokens": "7.66s",
    },
    2000,
  ],
  ["Mistral", { "retry-after": "3", "x-ratelimit-remaining": "0" }, 3000],
  ["Cohere, the epoch in seconds", { "x-ratelimit-reset": "1795219212" }, 12_000],
  [
    "watsonx.ai",
    {
      "x-requests-limit-rate": "8",
      "x-requests-limit-remaining": "0",
      "x-requests-limit-reset": "4",
    },
    4000,
  ],
  [
    "OpenRouter, the epoch in milliseconds",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795219209500" },
    9500,
  ],
  ["OpenRouter, its own word", { "retry-after": "5" }, 5000],
  ["Together", { "x-ratelimit-reset": "1", "x-ratelimit-remaining": "0" }, 1000],
  ["a limit of days", { "x-ratelimit-reset-requests": "1d2h" }, 93_600_000],
  ["Gemini, Vertex AI and Bedrock say nothing here", { "x-amzn-requestid": "r" }, null],
])("a refusal by %s", (_, headers, expected) => {
  expect(retryAfterMs(headers, new Date("2026-11-21T00:00:00Z"), 429)).toBe(expected);
});

test("reset headers of a successful answer request no wait", () => {
  const headers = { "x-ratelimit-reset-requests": "6m0s" };
  expect(retryAfterMs(headers, new Date(), 200)).toBeNull();
});
