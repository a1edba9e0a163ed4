import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createAuthorizer } from "../src/auth/kit/authorizer.ts";
import { loadProtocol } from "../src/protocols/registry.ts";
import { simulatedModels } from "../src/simulator/models.ts";
import { type Simulator, startSimulator } from "../src/simulator/server.ts";
import { builtinFolder } from "../src/store/builtin.ts";
import { resolveTargets } from "../src/store/targets.ts";
import { createHttp, type Http } from "../src/wire/http.ts";
import { type Recorded, type Recorder, startRecorder } from "./recorder.ts";
import { type Call, sdks } from "./sdks.ts";

const call: Call = {
  model: "probe",
  system: "请用中文回答。",
  user: "你好，今天星期几？",
  max_tokens: 64,
  temperature: 0.5,
};

let simulator: Simulator;
let recorder: Recorder;
let http: Http;
beforeAll(async () => {
  const [, model] = simulatedModels;
  simulator = await startSimulator({
    speed: 1000,
    unknown_models: "imitate",
    models: [model],
    script: {
      schema: "faults/1",
      rules: [
        { model: "slow-down", do: [{ fault: "status", status: 429, message: "slow down" }] },
        { model: "midway", do: [{ fault: "stream-error", outcome: "server", message: "boom" }] },
        { model: "short", do: [{ fault: "truncate" }] },
      ],
    },
  });
  recorder = await startRecorder(simulator.url);
  http = createHttp({ connections: 4, connect_ms: 5000 });
});
afterAll(async () => {
  await http.close();
  await recorder.close();
  await simulator.close();
});

async function adapter(provider: string, url: string) {
  const [target] = await resolveTargets([`${provider}/${call.model}`], {
    config: null,
    env: {},
    builtin: builtinFolder("providers"),
    now: new Date(),
    via_sim_url: `${url}/v1`,
  });
  if (target === undefined) throw new Error(`no target of ${provider}`);
  const protocol = await loadProtocol(target.entry.protocol);
  const reply = await protocol?.attempt(
    {
      endpoint: target.endpoint,
      model: target.entry.model,
      messages: [
        { role: "system", text: call.system },
        { role: "user", text: call.user },
      ],
      params: { max_tokens: call.max_tokens, temperature: call.temperature },
    },
    {
      http,
      authorize: createAuthorizer(http)(target.endpoint.auth, { simulator: url }),
      deadlines: { first_byte: 20_000, idle: 20_000, total: 20_000 },
      signal: new AbortController().signal,
      queued_ms: 0,
      in_flight: 1,
    },
  );
  if (reply === undefined) throw new Error(`no protocol of ${provider}`);
  return reply;
}

/** Headers that carry the credential or choose the dialect. */
const weighty = ["authorization", "x-api-key", "api-key", "x-goog-api-key", "anthropic-version"];

/** Of a credential only how it is sent: keys, tokens, dates and signatures differ from call to call. */
const scheme = (value: unknown): string =>
  String(value)
    .replace(/Bearer .*/, "Bearer …")
    .replace(/Credential=([^/]+)\/\d+/, "Credential=$1/…")
    .replace(/SignedHeaders=[^,]+, Signature=.*/, "…")
    .replace(/^sim-.*/, "sim-…");

const without = (body: unknown, names: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(body as object).filter(([name]) => !names.includes(name)));

const facts = ({ method, path, query, headers }: Recorded) => ({
  method,
  path,
  query,
  type: headers["content-type"]?.split(";")[0],
  ...Object.fromEntries(
    weighty
      .filter((name) => headers[name] !== undefined)
      .map((name) => [name, scheme(headers[name])]),
  ),
});

describe.each(sdks)("$name", (sdk) => {
  const corner = () => `${recorder.url}/via/${sdk.provider}/v1`;

  test("reads an answer and a stream, with the usage", async () => {
    const whole = await sdk.whole(corner(), call, "sim-key");
    const streamed = await sdk.streamed(corner(), call, "sim-key");
    expect(whole.text).toContain("模拟模型");
    expect(streamed.text).toBe(whole.text);
    expect(whole.input).toBeGreaterThan(5);
    expect(whole.output).toBeGreaterThan(5);
    if (sdk.name !== "together-ai") {
      expect([streamed.input, streamed.output]).toEqual([whole.input, whole.output]);
    }
  });

  test("sends what the adapter sends, and both hear the same", async () => {
    recorder.take();
    const heard = await sdk.streamed(corner(), call, "sim-key");
    const [theirs] = recorder.take();
    const reply = await adapter(sdk.provider, recorder.url);
    const ours = recorder.take().find(({ path }) => path.startsWith("/via/"));
    if (theirs === undefined || ours === undefined) throw new Error("nothing was recorded");
    expect(reply).toMatchObject({ outcome: "ok", text: heard.text });
    const { sdk_path = (path: string) => path, only_sdk = {}, only_ours = {} } = sdk;
    expect(facts(ours)).toEqual({ ...facts(theirs), path: sdk_path(theirs.path) });
    expect(without(ours.body, Object.keys(only_ours))).toEqual(
      without(theirs.body, Object.keys(only_sdk)),
    );
    for (const name of Object.keys(only_ours)) expect(ours.body).toHaveProperty([name]);
    for (const name of Object.keys(only_sdk)) expect(theirs.body).toHaveProperty([name]);
  });

  test("understands the errors", async () => {
    const refused = sdk.whole(corner(), { ...call, model: "slow-down" }, "sim-key");
    await expect(refused).rejects.toThrow(/slow down|429|HTTP error/);
    const broken = sdk.streamed(corner(), { ...call, model: "midway" }, "sim-key");
    if (sdk.name === "cohere-ai" || sdk.name === "together-ai") await broken.catch(() => null);
    else await expect(broken).rejects.toBeInstanceOf(Error);
  });
});

// Ollama asks for no key.
test.each(sdks.filter(({ name }) => name !== "ollama"))(
  "$name is refused with a wrong key",
  async (sdk) => {
    const url = `${recorder.url}/via/${sdk.provider}/v1`;
    await expect(sdk.whole(url, call, "wrong")).rejects.toBeInstanceOf(Error);
  },
);
