import { request } from "node:http";

import { expect, test } from "vitest";

import { dataOf, rawChat, textOf } from "../testing/raw.ts";
import { startSimulator } from "./server.ts";

const chat = (content: string, model = "xiliu") => ({
  model,
  messages: [{ role: "user", content }],
  stream: true,
});

type Stamped = { readonly baimo_stamp?: number; readonly baimo_received?: number };

test("300 concurrent streams all arrive complete and in order, with stamps on the caller's clock", async () => {
  const simulator = await startSimulator({ stamps: true, speed: 4 });
  const before = performance.now() + offset();
  const seen = await Promise.all(
    Array.from({ length: 300 }, (_, n) => rawChat(simulator.url, chat(`第 ${n} 路`))),
  );
  const after = performance.now() + offset();
  await simulator.close();
  for (const { status, error, body } of seen) {
    expect([status, error]).toEqual([200, null]);
    const data = dataOf(body);
    expect(data.at(-1)).toBe("[DONE]");
    expect(data.length).toBeGreaterThan(10);
    expect(textOf(body)).toContain("所以不作回答。");
    const stamps = data.slice(0, -1).map((each) => JSON.parse(each) as Stamped);
    const times = stamps.map(({ baimo_stamp }) => baimo_stamp ?? Number.NaN);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(stamps[0]?.baimo_received).toBeGreaterThanOrEqual(before);
    expect(times.at(-1)).toBeLessThanOrEqual(after);
  }
  expect(simulator.stats()).toMatchObject({ requests: 300, in_flight: 0, statuses: { 200: 300 } });
});

/** From `performance.now()` to CLOCK_MONOTONIC. */
const offset = () => Number(process.hrtime.bigint()) / 1e6 - performance.now();

test("without stamps no extra field is sent", async () => {
  const simulator = await startSimulator({ speed: 1000 });
  const { body } = await rawChat(simulator.url, chat("你好"));
  await simulator.close();
  expect(body).not.toContain("baimo");
});

test("characters are sometimes split between reads, and nothing is lost", async () => {
  const simulator = await startSimulator({ speed: 20 });
  let cut = 0;
  for (let n = 0; n < 12 && cut === 0; n += 1) {
    const reads = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        readsOf(simulator.url, chat(`第 ${n}-${k} 次`, "yuanshan")),
      ),
    );
    for (const chunks of reads) {
      const whole = Buffer.concat(chunks);
      expect(whole.toString("utf8")).not.toContain("\ufffd");
      cut += chunks.filter((chunk) => chunk.toString("utf8").includes("\ufffd")).length;
    }
  }
  await simulator.close();
  expect(cut).toBeGreaterThan(0);
});

function readsOf(url: string, body: object): Promise<readonly Buffer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Buffer[]>();
  const chunks: Buffer[] = [];
  const headers = { authorization: "Bearer sim-x" };
  const call = request(`${url}/v1/chat/completions`, { method: "POST", headers }, (response) => {
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => resolve(chunks));
  });
  call.on("error", reject);
  call.end(JSON.stringify(body));
  return promise;
}

test("a client that disconnects frees its slot, and every request is reported", async () => {
  const entries: (string | null)[] = [];
  const simulator = await startSimulator({
    script: { schema: "faults/1", rules: [{ requests: 1, do: { fault: "hang" } }] },
    speed: 1000,
    onRequest: ({ fault, model, attempt }) => entries.push(`${model} ${fault} ${attempt}`),
  });
  const gone = await rawChat(simulator.url, chat("你好"), { patience_ms: 200 });
  expect(gone).toMatchObject({ status: null, error: "gave up" });
  expect(await rawChat(simulator.url, chat("你好"))).toMatchObject({ status: 200 });
  await simulator.close();
  expect(entries).toEqual(["xiliu hang 1", "xiliu null 2"]);
  expect(simulator.stats()).toMatchObject({ in_flight: 0, statuses: { 0: 1, 200: 1 } });
});

test("an unknown model is refused, or imitated on request", async () => {
  const simulator = await startSimulator({ unknown_models: "imitate", speed: 1000 });
  const replies = await Promise.all(
    ["qwen-plus", "qwen-plus", "glm-5"].map((model) => rawChat(simulator.url, chat("你好", model))),
  );
  await simulator.close();
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(textOf(replies[0]?.body ?? "")).toBe(textOf(replies[1]?.body ?? ""));
  expect(replies[2]?.body).toContain('"model":"glm-5"');
});
