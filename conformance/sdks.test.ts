import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Call, Sdk } from "./sdk.ts";

import { createAuthorizer } from "../src/calling/auth/authorizer.ts";
import { loadProtocol } from "../src/calling/protocol.ts";
import { simulatedModels } from "../src/simulator/models.ts";
import { type Simulator, startSimulator } from "../src/simulator/server/server.ts";
import { builtinFolder } from "../src/store/builtin.ts";
import { resolveTargets } from "../src/store/providers/targets.ts";
import { createHttp, type Http } from "../src/transport/http.ts";
import { type Recorded, type Recorder, startRecorder } from "./recorder.ts";
import { sdks as anthropic } from "./sdks/anthropic.ts";
import { sdks as bedrock } from "./sdks/bedrock.ts";
import { sdks as cohere } from "./sdks/cohere.ts";
import { sdks as gemini } from "./sdks/gemini.ts";
import { sdks as groq } from "./sdks/groq.ts";
import { sdks as huggingface } from "./sdks/huggingface.ts";
import { sdks as mistral } from "./sdks/mistral.ts";
import { sdks as oci } from "./sdks/oci.ts";
import { sdks as ollama } from "./sdks/ollama.ts";
import { sdks as openaiCompatible } from "./sdks/openai-compatible.ts";
import { sdks as openai } from "./sdks/openai.ts";
import { sdks as openrouter } from "./sdks/openrouter.ts";
import { sdks as tencent } from "./sdks/tencent.ts";
import { sdks as together } from "./sdks/together.ts";
import { sdks as watsonx } from "./sdks/watsonx.ts";
import { sdks as zhipu } from "./sdks/zhipu.ts";

const sdks: readonly Sdk[] = [
  ...openai,
  ...openaiCompatible,
  ...anthropic,
  ...bedrock,
  ...gemini,
  ...cohere,
  ...mistral,
  ...ollama,
  ...groq,
  ...huggingface,
  ...together,
  ...openrouter,
  ...watsonx,
  ...oci,
  ...tencent,
  ...zhipu,
];

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

/** Headers that carry the credential or choose the API version. */
const relevantHeaders = [
  "authorization",
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "anthropic-version",
];

/** Reduces a credential to how it is sent: keys, tokens, dates and signatures differ from call to call. */
const scheme = (value: unknown): string =>
  String(value)
    .replace(/Bearer .*/, "Bearer …")
    // 智谱's SDK sends the bare token.
    .replace(/^ey[\w-]+\.[\w-]+\.[\w-]+$/, "Bearer …")
    .replace(/Credential=([^/]+)\/[\d-]+/, "Credential=$1/…")
    // Tencent's SDK takes the service from the first part of the host.
    .replace("/127/tc3_request", "/hunyuan/tc3_request")
    .replace(/SignedHeaders=[^,]+, Signature=.*/, "…")
    .replace(/^Signature .*/, signatureParts)
    .replace(/^sim-.*/, "sim-…");

/** Key, headers and algorithm of Oracle's signature; `x-date` may replace `date`, and the order is free. */
function signatureParts(text: string): string {
  const part = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "";
  const names = part("headers").toLowerCase().replace("x-date", "date").split(" ");
  return ["Signature", part("keyId"), part("algorithm"), ...names.toSorted()].join(" ");
}

const without = (body: unknown, names: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(body as object).filter(([name]) => !names.includes(name)));

const facts = ({ method, path, query, headers }: Recorded) => ({
  method,
  path,
  query,
  type: headers["content-type"]?.split(";")[0],
  ...Object.fromEntries(
    relevantHeaders
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
    if (sdk.no_stream_usage !== true) {
      expect([streamed.input, streamed.output]).toEqual([whole.input, whole.output]);
    }
  });

  test("sends what the adapter sends, and both get the same answer", async () => {
    recorder.take();
    const answer = await sdk.streamed(corner(), call, "sim-key");
    const [theirs] = recorder.take();
    const reply = await adapter(sdk.provider, recorder.url);
    const ours = recorder.take().find(({ path }) => path.startsWith("/via/"));
    if (theirs === undefined || ours === undefined) throw new Error("nothing was recorded");
    expect(reply).toMatchObject({ outcome: "ok", text: answer.text });
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
    await expect(refused).rejects.toThrow(/slow down|429|HTTP error|Too Many/);
    const broken = sdk.streamed(corner(), { ...call, model: "midway" }, "sim-key");
    if (sdk.misses_stream_errors === true) await broken.catch(() => null);
    else await expect(broken).rejects.toBeInstanceOf(Error);
  });
});

// Ollama needs no key.
test.each(sdks.filter(({ name }) => name !== "ollama"))(
  "$name is refused with a wrong key",
  async (sdk) => {
    const url = `${recorder.url}/via/${sdk.provider}/v1`;
    await expect(sdk.whole(url, call, "wrong")).rejects.toBeInstanceOf(Error);
  },
);
