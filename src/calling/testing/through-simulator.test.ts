import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";

import type { Reply } from "../../domain/call.ts";
import type { Params } from "../../domain/params.ts";

import { isRetryable, type Outcome } from "../../domain/outcome.ts";
import { dialectOf } from "../../simulator/kit/dialects.ts";
import { loadServedProtocols } from "../../simulator/kit/protocol.ts";
import { simulatedModels } from "../../simulator/models.ts";
import { type Simulator, startSimulator } from "../../simulator/server/server.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { allVendors } from "../../store/providers/providers.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { createHttp, type Http } from "../../transport/http.ts";
import { createAuthorizer, type Credentials } from "../auth/authorizer.ts";
import { loadScheme } from "../auth/scheme.ts";
import { loadProtocol } from "../protocol.ts";

const builtin = builtinFolder("providers");
const vendors = (await allVendors(builtin, null)).filter(({ protocol }) => protocol !== "baseline");
/** One vendor of each protocol and of each form of the OpenAI protocol; all in the matrix. */
const tested = inject("matrix")
  ? vendors
  : [...new Map(vendors.map((vendor) => [formOf(vendor), vendor] as const)).values()];
const ids = tested.map(({ id }) => id);
const protocolOf = (id: string) => vendors.find((vendor) => vendor.id === id)?.protocol ?? "";
const twins = new Map((await loadServedProtocols()).map((twin) => [twin.id, twin]));
/** Vendors that differ in the words of their errors alone are alike here. */
function formOf({ id, protocol }: (typeof vendors)[number]): string {
  const { openai = {}, error_body } = dialectOf(id);
  return JSON.stringify([protocol, openai, error_body === undefined], (_, value: unknown) =>
    typeof value === "function" ? "function" : value,
  );
}
const isOpen = (id: string) =>
  vendors.find((vendor) => vendor.id === id)?.auth?.scheme === "none" ||
  dialectOf(id).openai?.open === true;
/** A prompt from the starter suite, so that the simulated model thinks before it answers. */
const question =
  "“春蚕到死丝方尽”的下一句是什么？\n请在最后一行用“答案：……”给出答案，答案后面不要再写别的。";

const wrongSecret = "wrong-secret-0123456789";
/** A key that signs, but is not the account's. */
const anotherKey = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
}).privateKey;

let simulator: Simulator;
let http: Http;
beforeAll(async () => {
  const [model] = simulatedModels;
  simulator = await startSimulator({
    suites: [join(import.meta.dirname, "../../../suites/starter.yaml")],
    speed: 1000,
    unknown_models: "imitate",
    models: [{ ...model, context: 3000 }],
    script: {
      schema: "faults/1",
      rules: [
        {
          model: "slow-down",
          do: [{ fault: "status", status: 429, retry_after_s: 3, message: "slow down" }],
        },
        { model: "arrears", do: [{ fault: "status", status: 402, message: "top up" }] },
        { model: "forbidden", do: [{ fault: "status", status: 403, message: "not yours" }] },
        { model: "nobody", do: [{ fault: "status", status: 404, message: "no such model" }] },
        { model: "boom", do: [{ fault: "status", status: 500, message: "boom" }] },
        { model: "full", do: [{ fault: "status", status: 503, message: "full" }] },
        { model: "page", do: [{ fault: "status", status: 502, body: "html" }] },
        { model: "login", do: [{ fault: "login-page" }] },
        { model: "blocked", do: [{ fault: "filter-input" }] },
        { model: "cut-off", do: [{ fault: "filter-output" }] },
        { model: "short", do: [{ fault: "truncate" }] },
        { model: "nonsense", do: [{ fault: "malformed" }] },
        { model: "gone", do: [{ fault: "reset", after_chunks: 2 }] },
        { model: "in-200", do: [{ fault: "error-200", outcome: "overloaded", message: "busy" }] },
        {
          model: "in-sse",
          do: [{ fault: "error-200", as: "sse", outcome: "overloaded", message: "busy" }],
        },
        {
          model: "midway",
          do: [{ fault: "stream-error", outcome: "overloaded", message: "busy" }],
        },
        {
          model: "expired-*",
          requests: [1],
          do: [{ fault: "status", status: 401, message: "token expired" }],
        },
      ],
    },
  });
  http = createHttp({ connections: 8, connect_ms: 5000 });
});
afterAll(async () => {
  await http.close();
  await simulator.close();
});

type Asked = { params?: Params; prompt?: string; keys?: Credentials; model?: string };

async function ask(id: string, { params = {}, prompt, keys, model }: Asked = {}): Promise<Reply> {
  const via_sim_url = `${simulator.url}/v1`;
  const [target] = await resolveTargets([`${id}/${model ?? "probe"}`], {
    config: null,
    env: {},
    builtin,
    now: new Date(),
    via_sim_url,
  });
  const protocol = await loadProtocol(protocolOf(id));
  if (target === undefined || protocol === null) throw new Error(`no target of ${id}`);
  const { endpoint } = target;
  return protocol.attempt(
    {
      endpoint,
      model: target.entry.model,
      messages: [{ role: "user", text: prompt ?? question }],
      params,
    },
    {
      http,
      authorize: createAuthorizer(http)(endpoint.auth, keys ?? { simulator: simulator.url }),
      deadlines: { first_byte: 20_000, idle: 20_000, total: 20_000 },
      signal: new AbortController().signal,
      queued_ms: 0,
      in_flight: 1,
    },
  );
}

const failures: readonly (readonly [model: string, outcome: Outcome])[] = [
  ["slow-down", "rate-limited"],
  ["arrears", "quota"],
  ["forbidden", "permission"],
  ["nobody", "model-not-found"],
  ["boom", "server"],
  ["full", "overloaded"],
  ["page", "server"],
  ["login", "malformed"],
  ["blocked", "filtered-input"],
  ["short", "malformed"],
  ["nonsense", "malformed"],
  ["gone", "network"],
];

/** Of each protocol one vendor meets every failure, the others a third of them; in the matrix all of them all. */
function failuresOf(id: string): typeof failures {
  const alike = ids.filter((other) => protocolOf(other) === protocolOf(id));
  const at = alike.indexOf(id);
  return inject("matrix") || at === 0
    ? failures
    : failures.filter((_, index) => index % 3 === at % 3);
}

describe.each(ids)("%s", (id) => {
  const twin = twins.get(protocolOf(id));
  const reasoning = twin?.reasoning;
  /** After a WebSocket handshake there is no more HTTP: no status, header or page. */
  const isSocket = twin?.upgrades === true;
  const good = isSocket ? 101 : 200;
  /** It does not report how much of the output was reasoning. */
  const isSilent = reasoning !== undefined || dialectOf(id).openai?.counts === "none";

  test("text, reasoning, usage and finish are the same as everywhere", async () => {
    const [reply, own] = [await ask(id), await ask("sim")];
    expect(own).toMatchObject({ outcome: "ok", simulated: true });
    expect(own.reasoning).not.toBe("");
    expect(reply).toMatchObject({
      outcome: "ok",
      text: own.text,
      reasoning: reasoning === "unsaid" ? "" : own.reasoning,
      simulated: true,
      status: good,
      usage: {
        input: own.usage.input,
        output: own.usage.output,
        reasoning: isSilent ? null : own.usage.reasoning,
      },
    });
    // Some give no finish reason.
    expect(reply.finish?.reason ?? "stop").toBe("stop");
    expect(reply.timing?.chunks).toBeGreaterThan(0);
    expect(reply.timing?.first_answer_ms ?? 0).toBeGreaterThanOrEqual(
      reply.timing?.first_token_ms ?? Infinity,
    );
  });

  test("max_tokens ends the answer with length", async () => {
    // Thinking is off, or its budget would be added.
    const reply = await ask(id, { params: { max_tokens: 16, thinking: "off" }, prompt: "你好" });
    const said = await ask("sim", { params: { max_tokens: 16, thinking: "off" }, prompt: "你好" });
    const added = reply.dropped.some(({ param }) => param === "max_tokens");
    expect(reply.outcome).toBe(added ? "ok" : "length");
    if (!added) expect(reply.text).toBe(said.text);
  });

  test.each(failuresOf(id))("%s is %s", async (model, outcome) => {
    const reply = await ask(id, { model });
    const page = isSocket && model === "page";
    // Spark has no code for an unknown model.
    const unsaid = isSocket && model === "nobody";
    expect(reply.outcome).toBe(unsaid ? "bad-request" : page ? "malformed" : outcome);
    expect(reply.message ?? "").not.toBe("");
    if (model === "slow-down" && !isSocket)
      expect(reply).toMatchObject({ retry_after_ms: 3000, status: 429 });
  });

  test("an answer cut by the content filter is not ok", async () => {
    const reply = await ask(id, { model: "cut-off" });
    // Anthropic reports it as a refusal.
    if (protocolOf(id).startsWith("anthropic")) {
      expect(reply).toMatchObject({ outcome: "ok", finish: { reason: "refusal" } });
    } else {
      expect(reply.outcome).toBe("filtered-output");
      // Some report it as an error instead of a finish reason.
      expect(reply.finish?.reason ?? "filter").toBe("filter");
    }
  });

  test.each(["in-200", "in-sse", "midway"])(
    "an error inside 200 (%s) is retried",
    async (model) => {
      const reply = await ask(id, { model });
      expect(isRetryable(reply.outcome)).toBe(true);
      expect(reply).toMatchObject({ status: good, message: "busy" });
      expect(reply.text === "" && reply.reasoning === "").toBe(model !== "midway");
    },
  );

  test("a prompt that is too long is context-overflow", async () => {
    expect(await ask(id, { prompt: "长".repeat(9000) })).toMatchObject({
      outcome: "context-overflow",
    });
  });
});

test.each(ids.filter((id) => !isOpen(id) && id !== "sim"))(
  "a wrong secret of %s is auth and is not shown",
  async (id) => {
    const { auth = { scheme: "none" } } = vendors.find((each) => each.id === id) ?? {};
    const { scheme } = auth;
    const held = (await loadScheme(scheme))?.simulated?.(simulator.url);
    const names = typeof auth.env === "object" ? Object.keys(auth.env) : ["key"];
    const wrong = Object.fromEntries(names.map((name) => [name, wrongSecret]));
    const google = JSON.stringify({
      client_email: "a@b.example",
      private_key: anotherKey,
      token_uri: `${simulator.url}/token`,
    });
    const secrets = {
      ...wrong,
      ...(scheme === "google" && { key: google }),
      ...(scheme === "oci" && { private_key: anotherKey }),
    };
    const reply = await ask(id, { keys: { secrets, with: held?.with ?? {} } });
    expect(reply.outcome).toBe("auth");
    expect(reply.message ?? "").not.toBe("");
    expect(JSON.stringify(reply)).not.toContain(wrongSecret);
  },
);

test("a token that expires during the run is renewed and the request repeated", async () => {
  const schemes = await Promise.all(
    vendors.map(({ auth }) => loadScheme(auth?.scheme ?? "none").then((each) => each?.renews)),
  );
  const renewing = vendors.map(({ id }) => id).filter((_, index) => schemes[index] === true);
  expect(renewing.length).toBeGreaterThan(3);
  // The simulator refuses its first request for a model of this name.
  for (const [at, id] of renewing.entries()) {
    const reply = await ask(id, { model: `expired-${at}` });
    expect([id, reply.outcome]).toEqual([id, "ok"]);
  }
});
