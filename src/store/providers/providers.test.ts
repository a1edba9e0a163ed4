import { join } from "node:path";

import { expect, test } from "vitest";

import type { Price } from "../../domain/money.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Params } from "../../domain/params.ts";

import { outcomeOf } from "../../calling/failure.ts";
import { applyParams } from "../../calling/params.ts";
import { costOf, priceAt } from "../../domain/money.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { builtinFolder } from "../builtin.ts";
import { errorOf, folderWith, told } from "../testing/files.ts";
import { allVendors, openVendors, readProvider } from "./providers.ts";
import { modelRow } from "./targets.ts";

/** The OpenAI dialect's own names. */
const names = {
  temperature: "temperature",
  top_p: "top_p",
  presence_penalty: "presence_penalty",
  frequency_penalty: "frequency_penalty",
  max_tokens: "max_tokens",
  seed: "seed",
  stop: "stop",
} as const;

const vendors = openVendors(builtinFolder("providers"), null);
const rowOf = async (ref: string) => {
  const [provider = "", model = ""] = ref.split("/");
  return modelRow(await vendors.get(provider), model);
};

test("every built-in vendor can be read, and none claims an unchecked price as verified", async () => {
  const all = await allVendors(builtinFolder("providers"), null);
  expect(all.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["baseline", "deepseek", "openai", "qwen"]),
  );
  const rows = all.flatMap(({ models = [] }) => models.flatMap(({ price }) => price ?? []));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) {
    expect(row.verified).toBe(false);
    expect(row.source).toBeDefined();
  }
});

const body = (code: string | null, message: string) => ({ error: { code, message } });

test.each<[string, number, string | null, string, Outcome]>([
  [
    "qwen",
    400,
    "data_inspection_failed",
    "Input data may contain inappropriate content.",
    "filtered-input",
  ],
  [
    "qwen",
    400,
    "DataInspectionFailed",
    "Output data may contain inappropriate content.",
    "filtered-output",
  ],
  [
    "qwen",
    400,
    "InvalidParameter",
    "Range of input length should be [1, 129024]",
    "context-overflow",
  ],
  ["qwen", 400, "invalid_parameter_error", "Role must be user or assistant", "bad-request"],
  ["qwen", 400, "Arrearage", "Access denied, your account is not in good standing.", "quota"],
  ["qwen", 401, "invalid_api_key", "Incorrect API key provided.", "auth"],
  ["qwen", 403, "AccessDenied.Unpurchased", "Access to model denied.", "permission"],
  ["qwen", 403, "AllocationQuota.FreeTierOnly", "The free tier is exhausted.", "quota"],
  ["qwen", 404, "model_not_found", "The model does not exist.", "model-not-found"],
  ["qwen", 429, "limit_requests", "You exceeded your current request limit.", "rate-limited"],
  ["qwen", 429, "Throttling.RateQuota", "Requests rate limit exceeded.", "rate-limited"],
  [
    "qwen",
    429,
    "insufficient_quota",
    "Allocated quota exceeded, please increase it.",
    "rate-limited",
  ],
  ["qwen", 429, "insufficient_quota", "Free allocated quota exceeded.", "quota"],
  ["qwen", 429, "insufficient_quota", "You exceeded your current quota.", "quota"],
  ["qwen", 429, "Throttling.ServiceOverloaded", "Busy.", "overloaded"],
  ["qwen", 200, "ServiceUnavailable", "<503> Too many requests.", "overloaded"],
  ["qwen", 500, "InternalError.Timeout", "Timed out.", "timeout"],
  ["qwen", 500, "InternalError.Algo", "An error occurred in model serving.", "server"],
  ["qwen", 408, "RequestTimeOut", "Timed out.", "timeout"],
  ["deepseek", 400, "invalid_request_error", "Content Exists Risk", "filtered-input"],
  [
    "deepseek",
    400,
    "invalid_request_error",
    "This model's maximum context length is 1048576 tokens",
    "context-overflow",
  ],
  ["deepseek", 400, "invalid_request_error", "Model Not Exist", "model-not-found"],
  ["deepseek", 401, "invalid_request_error", "Authentication Fails", "auth"],
  ["deepseek", 402, "invalid_request_error", "Insufficient Balance", "quota"],
  ["deepseek", 422, null, "Failed to deserialize", "bad-request"],
  ["deepseek", 429, null, "Rate limit reached", "rate-limited"],
  ["deepseek", 500, null, "Internal", "server"],
  ["deepseek", 503, null, "Overloaded", "overloaded"],
  ["openai", 400, "context_length_exceeded", "Too long", "context-overflow"],
  ["openai", 400, "content_policy_violation", "Rejected", "filtered-input"],
  ["openai", 400, "invalid_prompt", "Flagged", "filtered-input"],
  ["openai", 400, "unsupported_parameter", "'temperature' is not supported", "bad-request"],
  ["openai", 401, "invalid_api_key", "Incorrect API key", "auth"],
  ["openai", 403, "unsupported_country_region_territory", "Not here", "permission"],
  ["openai", 404, "model_not_found", "No such model", "model-not-found"],
  ["openai", 429, "insufficient_quota", "You exceeded your current quota", "quota"],
  ["openai", 429, "rate_limit_exceeded", "Rate limit reached", "rate-limited"],
  ["openai", 200, "server_error", "The server had an error", "server"],
  ["openai", 503, null, "Overloaded", "overloaded"],
])("%s %i %s: %s is %s", async (provider, status, code, message, outcome) => {
  const { errors = [] } = await rowOf(`${provider}/any`);
  expect(outcomeOf(errors, { status, code, message, body: body(code, message) })).toBe(outcome);
});

test.each<[string, Params, Readonly<Record<string, unknown>>]>([
  [
    "qwen/qwen-plus",
    { temperature: 2, max_tokens: 10 },
    { temperature: 1.99, max_tokens: 10, enable_search: false },
  ],
  [
    "qwen/qwen-plus",
    { thinking: "on", thinking_budget: 64 },
    { enable_thinking: true, thinking_budget: 64, enable_search: false },
  ],
  [
    "qwen/qwen-plus",
    { thinking: "off", frequency_penalty: 1 },
    { enable_thinking: false, enable_search: false },
  ],
  [
    "qwen/qwen3.8-max",
    { thinking: "low" },
    { enable_thinking: true, reasoning_effort: "low", enable_search: false },
  ],
  ["deepseek/deepseek-flash", { temperature: 0, seed: 1, max_tokens: 10 }, { max_tokens: 8202 }],
  [
    "deepseek/deepseek-flash",
    { temperature: 0, thinking: "off", max_tokens: 10 },
    { temperature: 0, thinking: { type: "disabled" }, max_tokens: 10 },
  ],
  [
    "deepseek/deepseek-v4-pro",
    { thinking: "high" },
    { thinking: { type: "enabled" }, reasoning_effort: "high" },
  ],
  [
    "openai/gpt-4.1",
    { temperature: 0, max_tokens: 10 },
    { temperature: 0, max_completion_tokens: 10 },
  ],
  ["openai/gpt-5-mini", { temperature: 0, max_tokens: 10 }, { max_completion_tokens: 8202 }],
  [
    "openai/gpt-5.4",
    { temperature: 0, thinking: "off", max_tokens: 10 },
    { temperature: 0, reasoning_effort: "none", max_completion_tokens: 10 },
  ],
  ["openai/gpt-6-sol", { temperature: 0, thinking: "off" }, { reasoning_effort: "none" }],
  ["openai/gpt-6-astra", { top_p: 0.5, thinking: "high" }, { reasoning_effort: "high" }],
  ["openai/o4-mini", { stop: ["。"], presence_penalty: 1 }, {}],
])("%s with %j sends %j", async (ref, params, sent) => {
  const { request = {} } = await rowOf(ref);
  const { values, extra } = applyParams(params, request, names);
  expect({ ...extra, ...values }).toEqual(sent);
});

const million = 1_000_000;
const cost = (price: Price | undefined, at: string, input: number, thinking = false) =>
  costOf(priceAt(price ?? null, new Date(at)), {
    usage: { ...unknownUsage, input, output: million },
    thinking,
    at: new Date(at),
  })?.amount;

test.each([
  // Beijing time is eight hours ahead: 01:30Z is 09:30.
  ["2026-11-20T01:30:00Z", 2 + 8],
  ["2026-11-20T03:59:59Z", 2 + 8],
  ["2026-11-20T04:00:00Z", 1 + 4],
  ["2026-11-20T06:00:00Z", 2 + 8],
  ["2026-11-20T10:00:00Z", 1 + 4],
  ["2026-11-21T01:30:00Z", 1 + 4],
  ["2026-10-01T01:30:00Z", 1 + 4],
  ["2026-10-08T01:30:00Z", 2 + 8],
  ["2026-08-16T01:30:00Z", undefined],
])("a million tokens in and out of deepseek-flash at %s cost %s yuan", async (at, amount) => {
  expect(cost((await rowOf("deepseek/deepseek-flash")).price, at, million)).toBe(amount);
});

test.each([
  [128_000, false, 0.128 * 0.8 + 2],
  [128_000, true, 0.128 * 0.8 + 8],
  [128_001, false, 0.128001 * 2.4 + 20],
  [256_001, true, 0.256001 * 4.8 + 64],
])("qwen-plus with %i tokens in, thinking %s", async (input, thinking, amount) => {
  const { price } = await rowOf("qwen/qwen-plus");
  expect(cost(price, "2026-11-20T00:00:00Z", input, thinking)).toBeCloseTo(amount, 9);
});

test("beyond its last tier a model has no price", async () => {
  const { price } = await rowOf("qwen/qwen3-max");
  expect(cost(price, "2026-11-20T00:00:00Z", 252_001)).toBeUndefined();
});

test("a file's id must be its name, and what it refers to must exist", async () => {
  const folder = await folderWith({
    "acme.yaml": `schema: provider/1
id: amce
protocol: openai_chat
base_url: https://acme.example
headers: {authorization: abc}
auth: {scheme: bearr}
`,
  });
  const error = await errorOf(() => readProvider(join(folder, "acme.yaml")));
  expect(told(error, "en", folder)).toEqual([
    "acme.yaml:2:5  id  expected the file's own name, acme",
    expect.stringMatching(
      /^acme.yaml:3:11 {2}protocol {2}unknown protocol "openai_chat"; did you mean "openai-chat"\?$/,
    ),
    expect.stringMatching(/^acme.yaml:5:26 {2}headers.authorization {2}this looks like a secret/),
    "acme.yaml:6:7  auth  env is missing: name the environment variable that holds the secret",
    'acme.yaml:6:16  auth.scheme  unknown auth scheme "bearr"; did you mean "bearer"?',
  ]);
});

const stem = `schema: provider/1
id: stem
protocol: openai-chat
base_url: https://stem.example
auth: {scheme: bearer, env: STEM_KEY}
verified: by hand
request: {temperature: {max: 1}, seed: false}
errors: [{status: 429, outcome: rate-limited}]
models: [{id: a, path: /a, context: 8}]
`;

test("a vendor can be like another one, from which it inherits no credentials", async () => {
  const folder = await folderWith({
    "stem.yaml": stem,
    "twig.yaml": `schema: provider/1
id: twig
like: stem
protocol: cohere
base_url: https://twig.example
request: {seed: random_seed}
errors: [{status: 429, code: x, outcome: quota}]
models: [{id: a, context: 9}]
`,
  });
  const twig = await openVendors(folder, null).get("twig");
  expect(twig).toMatchObject({
    protocol: "cohere",
    base_url: "https://twig.example",
    request: { temperature: { max: 1 }, seed: "random_seed" },
    errors: [
      { code: "x", outcome: "quota" },
      { status: 429, outcome: "rate-limited" },
    ],
    models: [{ id: "a", context: 9 }],
  });
  expect(twig.models?.[0]).not.toHaveProperty("path");
  expect(twig.auth).toBeUndefined();
  expect(twig.verified).toBeUndefined();
});

test("a vendor that is like itself is refused", async () => {
  const folder = await folderWith({
    "stem.yaml": stem.replace("protocol:", "like: twig\nprotocol:"),
    "twig.yaml": stem.replace("id: stem", "id: twig\nlike: stem"),
  });
  const error = await errorOf(() => openVendors(folder, null).get("stem"));
  expect(error.message).toContain("stands on itself");
});

test("a private deployment has the settings and prices of the model it is like", async () => {
  const folder = await folderWith({
    "acme.yaml": `schema: provider/1
id: acme
protocol: openai-chat
base_url: https://acme.example
models:
  - {match: rocket-*, request: {counts_reasoning: true}}
  - {id: rocket-2, base_model: rocket, context: 32000, price: {currency: CNY, tiers: [{input: 2, output: 8}]}}
  - {id: ep-1, like: rocket-2, context: 16000}
`,
    "typo.yaml": `schema: provider/1
id: typo
protocol: openai-chat
base_url: https://acme.example
models: [{id: rocket}, {id: ep-1, like: rockt}]
`,
  });
  const own = modelRow(await readProvider(join(folder, "acme.yaml")), "ep-1");
  expect(own).toMatchObject({
    base_model: "rocket",
    context: 16_000,
    request: { counts_reasoning: true },
    price: { tiers: [{ input: 2, output: 8 }] },
  });
  const error = await errorOf(() => readProvider(join(folder, "typo.yaml")));
  expect(told(error, "en", folder)).toEqual([
    'typo.yaml:5:41  models[1].like  unknown model "rockt"; did you mean "rocket"?',
  ]);
});
