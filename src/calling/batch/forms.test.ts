import { afterAll, beforeAll, expect, test } from "vitest";

import type { HttpRequest } from "../../transport/http.ts";
import type { CallRequest } from "../protocol.ts";
import type { BatchStatus } from "./form.ts";

import { type Simulator, startSimulator } from "../../simulator/server/server.ts";
import { requestAt } from "../testing/loopback.ts";
import { BatchError, type BatchChannel } from "./channel.ts";
import { batchForm } from "./forms.ts";
import { replyFrom, requestFor } from "./replay.ts";
import { createBatchSender } from "./send.ts";

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({ unknown_models: "imitate", speed: 20 });
});
afterAll(() => sim.close());

const forms = [
  ["openai", "openai-chat", "/via/openai/v1", { authorization: "Bearer sim-k" }],
  ["openai", "openai-chat", "/via/zhipu/v1", { authorization: "Bearer sim-k" }],
  ["mistral", "openai-chat", "/via/mistral/v1", { authorization: "Bearer sim-k" }],
  ["anthropic", "anthropic", "/via/anthropic", { "x-api-key": "sim-k" }],
  ["gemini", "gemini", "/via/gemini/v1", { "x-goog-api-key": "sim-k" }],
] as const;

/** Two calls on their way to a vendor of the simulator. */
function rig(path: string, headers: Readonly<Record<string, string>>) {
  const whole = requestAt(sim.url);
  const endpoint = { ...whole.endpoint, base_url: sim.url + path, path: null, query: {}, headers };
  const call = (text: string): CallRequest => ({
    ...whole,
    endpoint,
    model: "m-1",
    messages: [{ role: "user", text }],
  });
  const sender = createBatchSender(
    { connect_ms: 1_000, keysOf: () => ({ secrets: {} }) },
    new AbortController().signal,
  );
  const channel: BatchChannel = { endpoint, model: "m-1", send: sender.send(endpoint) };
  return { calls: [call("一加一等于几？"), call("二加二等于几？")], channel, close: sender.close };
}

async function ended(look: () => Promise<BatchStatus>): Promise<BatchStatus> {
  let status = await look();
  await expect.poll(async () => (status = await look()).phase).not.toBe("working");
  return status;
}

test.each(forms)(
  "%s by %s at %s: handed in, found, fetched",
  async (id, protocol, path, headers) => {
    const { calls, channel, close } = rig(path, headers);
    const form = batchForm(id);
    const made = await Promise.all(calls.map((call) => requestFor(protocol, call)));
    const rows = made.map((request, at) => ({
      custom_id: `name-${at}`,
      request: request as HttpRequest,
    }));
    const since = new Date().toISOString();
    const input = (await form.upload?.({ name: "name", rows }, channel)) ?? null;
    const sought = { name: "name", input, since, requests: 2 };
    expect(await form.find({ ...sought, input: "other", name: "other" }, channel)).toBeNull();
    const batch = await form.create({ name: "name", input, rows }, channel);
    expect(batch.phase).toBe("working");
    const status = await ended(() => form.status(batch.id, channel));
    expect(await form.find(sought, channel)).toMatchObject({ id: batch.id });
    const results = await form.results(status, channel);
    expect(results.map(({ custom_id }) => custom_id).toSorted()).toEqual(["name-0", "name-1"]);
    for (const result of results) {
      const call = calls[Number(result.custom_id.at(-1))];
      if (call === undefined) throw new Error(result.custom_id);
      const reply = await replyFrom(protocol, call, result, {});
      expect(reply).toMatchObject({ outcome: "ok", timing: null });
      expect(reply.text).not.toBe("");
      expect(reply.usage.output).toBeGreaterThan(0);
    }
    await expect(form.status("nobody", channel)).rejects.toMatchObject({ status: 404 });
    await close();
  },
);

test.each(forms)("%s by %s at %s: a wrong key is said to be one", async (id, protocol, path) => {
  const { calls, channel, close } = rig(path, {});
  const [call] = calls;
  const request = call === undefined ? null : await requestFor(protocol, call);
  if (request === null) throw new Error("nothing to send");
  const form = batchForm(id);
  const batch = { name: "name", input: null, rows: [{ custom_id: "name-0", request }] };
  const handedIn = form.upload === null ? form.create(batch, channel) : form.upload(batch, channel);
  const error: unknown = await handedIn.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(BatchError);
  expect(error).toMatchObject({ outcome: "auth" });
  await close();
});

/** What a vendor sends, without a vendor. */
const saying = (...texts: readonly string[]): BatchChannel => {
  const rest = [...texts];
  const send = () => Promise.resolve({ status: 200, headers: {}, text: rest.shift() ?? "" });
  return { endpoint: requestAt("http://127.0.0.1:9").endpoint, model: "m", send };
};
const lines = (...rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");

test("an expired batch of OpenAI's: what was answered, and why the rest was not", async () => {
  const form = batchForm("openai");
  const status = await form.status(
    "batch_1",
    saying(
      JSON.stringify({ id: "batch_1", status: "expired", output_file_id: "o", error_file_id: "e" }),
    ),
  );
  expect(status).toEqual({ id: "batch_1", phase: "ended", message: null, files: ["o", "e"] });
  const body = { choices: [] };
  const results = await form.results(
    status,
    saying(
      lines({ custom_id: "a", response: { status_code: 200, body }, error: null }),
      `${lines({
        custom_id: "b",
        response: null,
        error: { code: "batch_expired", message: "This request could not be executed." },
      })}not json\n`,
    ),
  );
  expect(results).toEqual([
    { custom_id: "a", status: 200, body, message: null },
    {
      custom_id: "b",
      status: null,
      body: null,
      message: "batch_expired This request could not be executed.",
    },
  ]);
});

test("a batch of OpenAI's that did not pass validation says why", async () => {
  const errors = { data: [{ code: "invalid_json_line", message: "line 3 is no JSON", line: 3 }] };
  const said = saying(JSON.stringify({ id: "b", status: "failed", errors }));
  expect(await batchForm("openai").status("b", said)).toMatchObject({
    phase: "failed",
    message: "line 3 is no JSON",
  });
});

test("Anthropic's results: answered, at fault, expired, cancelled", async () => {
  const error = { type: "error", error: { type: "invalid_request_error", message: "no" } };
  const busy = { type: "error", error: { type: "overloaded_error", message: "busy" } };
  const results = await batchForm("anthropic").results(
    { id: "m", phase: "ended", message: null, files: [] },
    saying(
      lines(
        { custom_id: "a", result: { type: "succeeded", message: { content: [] } } },
        { custom_id: "b", result: { type: "errored", error } },
        { custom_id: "c", result: { type: "errored", error: busy } },
        { custom_id: "d", result: { type: "expired" } },
        { custom_id: "e", result: { type: "canceled" } },
      ),
    ),
  );
  expect(results.map(({ status, message }) => [status, message])).toEqual([
    [200, null],
    [400, null],
    [500, null],
    [null, "expired"],
    [null, "canceled"],
  ]);
});

test("Anthropic: while a batch of the same size works, nobody knows whose it is", async () => {
  const form = batchForm("anthropic");
  const sought = { name: "ab", input: null, since: "2026-11-29T00:00:00Z", requests: 2 };
  const job = (status: string, created_at = "2026-11-29T00:00:05Z") =>
    JSON.stringify({
      data: [{ id: "m", created_at, processing_status: status, request_counts: { succeeded: 2 } }],
    });
  const row = (id: string) => lines({ custom_id: id, result: { type: "expired" } });
  expect(await form.find(sought, saying(job("in_progress")))).toBe("later");
  expect(await form.find(sought, saying(job("ended"), row("ab-1")))).toMatchObject({ id: "m" });
  expect(await form.find(sought, saying(job("ended"), row("cd-1")))).toBeNull();
  expect(await form.find(sought, saying(job("ended", "2026-11-28T00:00:00Z")))).toBeNull();
});
