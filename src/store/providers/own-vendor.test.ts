import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createAuthorizer } from "../../calling/auth/authorizer.ts";
import { loadProtocol } from "../../calling/protocol.ts";
import { type Loopback, startLoopback } from "../../calling/testing/loopback.ts";
import { costOf, priceAt } from "../../domain/money.ts";
import { builtinFolder } from "../builtin.ts";
import { secretsOf } from "./credentials.ts";
import { resolveTargets } from "./targets.ts";

let folder: string;
let server: Loopback;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-vendor-"));
  server = await startLoopback();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

test("a new vendor of the OpenAI dialect is one YAML file", async () => {
  const env = { ACME_KEY: "acme-secret", ACME_URL: `${server.url}/v9` };
  await writeFile(
    join(folder, "acme.yaml"),
    `schema: provider/1
id: acme
protocol: openai-chat
base_url: \${ACME_URL}
auth: {scheme: bearer, env: ACME_KEY}
request: {max_tokens: max_new_tokens, temperature: {max: 1}}
usage: {input: tokens.in, output: tokens.out}
errors: [{status: 429, code: "7", outcome: quota}]
models: [{id: rocket, price: {currency: CNY, tiers: [{input: 2, output: 8}]}}]
`,
  );
  const [target] = await resolveTargets(["acme/rocket"], {
    config: null,
    env,
    builtin: folder,
    now: new Date(),
  });
  if (target === undefined) throw new Error("no target");
  const { endpoint, entry } = target;
  const protocol = await loadProtocol(entry.protocol);
  const ask = () =>
    protocol?.attempt(
      {
        endpoint,
        model: entry.model,
        messages: [{ role: "user", text: "你好" }],
        params: { max_tokens: 9, temperature: 1.5 },
      },
      {
        http: server.http,
        authorize: createAuthorizer(server.http)(endpoint.auth, {
          secrets: secretsOf(endpoint, env),
        }),
        deadlines: { first_byte: 5000, idle: 5000, total: 5000 },
        signal: new AbortController().signal,
        queued_ms: 0,
        in_flight: 1,
      },
    );
  server.serve({
    pieces: [
      'data: {"choices":[{"delta":{"content":"好"},"finish_reason":"stop"}],"usage":{"tokens":{"in":1000000,"out":500000}}}\n\n',
    ],
  });
  const reply = await ask();
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "好",
    usage: { input: 1_000_000, output: 500_000 },
    dropped: [{ param: "temperature", asked: 1.5, effective: 1 }],
  });
  expect(server.seen[0]).toMatchObject({
    url: "/v9/chat/completions",
    headers: { authorization: "Bearer acme-secret" },
    body: { model: "rocket", max_new_tokens: 9, temperature: 1 },
  });
  const usage = reply?.usage;
  if (usage === undefined) throw new Error("no usage");
  const at = new Date();
  expect(costOf(entry.price, { usage, thinking: false, at })).toEqual({
    amount: 6,
    currency: "CNY",
  });
  server.serve({ status: 429, pieces: ['{"error":{"code":7,"message":"no money"}}'] });
  expect(await ask()).toMatchObject({ outcome: "quota", code: "7", message: "no money" });
});

// Calculated by hand from the price lists in providers/*.yaml, per million tokens.
test.each([
  ["openai/gpt-4.1", "2026-11-20", 1_000_000, 0, 0, 100_000, 2 + 0.8],
  ["openai/gpt-5-mini", "2026-11-20", 1_000_000, 400_000, 0, 1_000_000, 0.15 + 0.01 + 2],
  // Above 272k input tokens the whole request is billed at the upper tier.
  ["openai/gpt-6-sol", "2026-11-20", 272_000, 0, 0, 0, 0.544],
  ["openai/gpt-6-sol", "2026-11-20", 272_001, 0, 0, 0, 1.088004],
  ["anthropic/claude-opus-5-5", "2026-11-20", 1_000_000, 500_000, 0, 100_000, 2 + 0.1 + 2],
  ["anthropic/claude-fable-5", "2026-11-20", 1_000_000, 0, 500_000, 100_000, 5 + 6.25 + 5],
  ["gemini/gemini-3.8-flash", "2026-12-31", 1_000_000, 0, 0, 1_000_000, 0.75 + 3.75],
  ["gemini/gemini-3.8-flash", "2027-01-01", 1_000_000, 0, 0, 1_000_000, 1.5 + 7.5],
  ["bedrock/amazon.nova-pro-v1:0", "2026-11-20", 1_000_000, 500_000, 0, 100_000, 0.4 + 0.1 + 0.32],
  ["bedrock/amazon.nova-premier-v1:0", "2026-11-20", 2_000_000, 0, 0, 100_000, 5 + 1.25],
  ["groq/openai/gpt-oss-120b", "2026-11-20", 1_000_000, 0, 0, 1_000_000, 0.15 + 0.6],
  ["cohere/command-a", "2026-11-20", 1_000_000, 0, 0, 100_000, 2.5 + 1],
  ["mistral/mistral-large-2512", "2026-11-20", 1_000_000, 0, 0, 1_000_000, 0.5 + 1.5],
  ["xai/grok-4.3", "2026-11-20", 100_000, 0, 0, 100_000, 0.125 + 0.25],
])(
  "%s on %s: %i in (%i cached, %i written), %i out",
  async (ref, day, input, cached_input, cache_write, output, amount) => {
    const at = new Date(`${day}T04:00:00Z`);
    const [target] = await resolveTargets([ref], {
      config: null,
      env: {},
      builtin: builtinFolder("providers"),
      now: at,
    });
    const price = priceAt(target?.entry.price ?? null, at);
    expect(price?.verified).toBe(false);
    const usage = { input, cached_input, cache_write, output, reasoning: null };
    const cost = costOf(price, { usage, thinking: false, at });
    expect(cost?.currency).toBe("USD");
    expect(cost?.amount).toBeCloseTo(amount, 9);
  },
);
