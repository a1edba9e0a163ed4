import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { ChatMessage } from "../src/domain/call.ts";
import type { Tool } from "../src/domain/suite.ts";
import type { Errand, SdkToolCall, ToolTalk, TwoSteps } from "./tools/tool-talk.ts";

import { createAuthorizer } from "../src/calling/auth/authorizer.ts";
import { loadProtocol } from "../src/calling/protocol.ts";
import { functionOf } from "../src/domain/request/tool-function.ts";
import { createDraw } from "../src/generating/draw.ts";
import { loadEnvironment } from "../src/playing/environment.ts";
import { answerCalls } from "../src/playing/play.ts";
import { simulatedModels } from "../src/simulator/models.ts";
import { type Simulator, startSimulator } from "../src/simulator/server/server.ts";
import { builtinFolder } from "../src/store/builtin.ts";
import { resolveTargets } from "../src/store/providers/targets.ts";
import { createHttp, type Http } from "../src/transport/http.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { toolTalks as anthropic } from "./tools/anthropic.ts";
import { toolTalks as bedrock } from "./tools/bedrock.ts";
import { toolTalks as cohere } from "./tools/cohere.ts";
import { toolTalks as gemini } from "./tools/gemini.ts";
import { toolTalks as ollama } from "./tools/ollama.ts";
import { toolTalks as openai } from "./tools/openai.ts";
import { toolTalks as tencent } from "./tools/tencent.ts";
import { toolTalks as zhipu } from "./tools/zhipu.ts";

// 通义's own API has no SDK for Node.
const talks: readonly ToolTalk[] = [
  ...openai,
  ...anthropic,
  ...gemini,
  ...bedrock,
  ...cohere,
  ...ollama,
  ...tencent,
  ...zhipu,
];

let folder: string;
let simulator: Simulator;
let recorder: Recorder;
let http: Http;
let tools: readonly Tool[];
let errand: Errand;
beforeAll(async () => {
  const environment = await loadEnvironment("expenses");
  if (environment === null) throw new Error("no environment expenses");
  ({ tools } = environment);
  const options = environment.options.parse({ level: 2 });
  const { state, instruction, policy } = environment.initial(createDraw(5, 0, 0), options);
  errand = {
    model: "probe",
    system: policy,
    user: instruction,
    max_tokens: 2_000,
    temperature: 0.5,
    functions: tools.map(functionOf),
    play: (calls) =>
      answerCalls(environment, state, calls.map(asToolCall)).results.map(({ content }) => content),
  };
  const item = {
    id: "a",
    question: instruction,
    system: policy,
    tools,
    environment: { use: "expenses", state },
  };
  const task = { id: "t", dimension: ["智能体"], grader: { use: "goal" }, items: [item] };
  folder = await mkdtemp(join(tmpdir(), "baimo-tools-"));
  const suite = join(folder, "office.yaml");
  await writeFile(suite, JSON.stringify({ schema: "suite/1", id: "office", tasks: [task] }));
  const [, model] = simulatedModels;
  simulator = await startSimulator({
    speed: 1000,
    unknown_models: "imitate",
    models: [model],
    suites: [suite],
  });
  recorder = await startRecorder(simulator.url);
  http = createHttp({ connections: 4, connect_ms: 5000 });
});
afterAll(async () => {
  await http.close();
  await recorder.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});

const asToolCall = ({ name, arguments: given }: SdkToolCall) => ({
  id: null,
  name,
  arguments: JSON.stringify(given),
});

/** The same two requests through our own adapter. */
async function adapted(provider: string): Promise<TwoSteps> {
  const [target] = await resolveTargets([`${provider}/${errand.model}`], {
    config: null,
    env: {},
    builtin: builtinFolder("providers"),
    now: new Date(),
    via_sim_url: `${recorder.url}/v1`,
  });
  if (target === undefined) throw new Error(`no target of ${provider}`);
  const protocol = await loadProtocol(target.entry.protocol);
  const ask = async (messages: readonly ChatMessage[]) => {
    const reply = await protocol?.attempt(
      {
        endpoint: target.endpoint,
        model: target.entry.model,
        messages,
        tools,
        params: { max_tokens: errand.max_tokens, temperature: errand.temperature },
      },
      {
        http,
        authorize: createAuthorizer(http)(target.endpoint.auth, { simulator: recorder.url }),
        deadlines: { first_byte: 20_000, idle: 20_000, total: 20_000 },
        signal: new AbortController().signal,
        queued_ms: 0,
        in_flight: 1,
      },
    );
    if (reply === undefined) throw new Error(`no protocol of ${provider}`);
    expect(reply).toMatchObject({ outcome: "ok" });
    const { tool_calls: calls = [], text, usage } = reply;
    const made = calls.map(({ name, arguments: given }) => ({
      name,
      arguments: JSON.parse(given),
    }));
    return { calls, made, text, usage };
  };
  const asked = [
    { role: "system", text: errand.system },
    { role: "user", text: errand.user },
  ] as const;
  const first = await ask(asked);
  const contents = errand.play(first.made);
  // Some vendors name no calls.
  const calls = first.calls.map((call, at) => ({ ...call, id: call.id ?? `call_1_${at + 1}` }));
  const results = calls.map(({ id, name }, at) => ({ id, name, content: contents[at] ?? "" }));
  const second = await ask([
    ...asked,
    { role: "assistant", text: first.text, calls },
    { role: "user", text: "", results },
  ]);
  return {
    replies: [first.made, second.made],
    input: (first.usage.input ?? Number.NaN) + (second.usage.input ?? Number.NaN),
    output: (first.usage.output ?? Number.NaN) + (second.usage.output ?? Number.NaN),
  };
}

const only = (body: unknown, names: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(body as object).filter(([name]) => names.includes(name)));

describe.each(talks)("$name", ({ provider, members, converse }) => {
  test("a conversation with tools: same requests, same calls, same tokens", async () => {
    recorder.take();
    const theirs = await converse(`${recorder.url}/via/${provider}/v1`, "sim-key", errand);
    const sent = recorder.take();
    const ours = await adapted(provider);
    const own = recorder.take().filter(({ path }) => path.startsWith("/via/"));
    expect(theirs.replies.map((calls) => calls.map(({ name }) => name))).toEqual([
      ["list_receipts"],
      ["get_receipt", "get_receipt", "get_receipt", "get_receipt"],
    ]);
    expect(ours).toEqual(theirs);
    expect(own.map(({ body }) => only(body, members))).toEqual(
      sent.map(({ body }) => only(body, members)),
    );
    for (const { body } of own)
      expect(Object.keys(body as object)).toEqual(expect.arrayContaining([...members]));
  });
});
