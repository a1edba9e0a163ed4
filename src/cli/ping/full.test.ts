import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, describe, expect, inject, test } from "vitest";

import { startLoopback } from "../../calling/testing/loopback.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { command as ping } from "../commands/ping.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { fullChecks, mostChecks } from "./checks.ts";
import { Recording } from "./recording.ts";
import { replayed } from "./testing/replay.ts";

const now = new Date("2026-11-29T04:00:00Z");
const builtin = builtinFolder("providers");

async function targetOf(ref: string) {
  const [target] = await resolveTargets([ref], { config: null, env: {}, builtin, now });
  if (target === undefined) throw new Error(ref);
  return target;
}

const read = (file: string) => Recording.parse(JSON.parse(readFileSync(file, "utf8")));

const sse = (...events: readonly object[]): string =>
  [...events.map((event) => JSON.stringify(event)), "[DONE]"]
    .map((data) => `data: ${data}\n\n`)
    .join("");

const loopback = await startLoopback();
afterAll(loopback.close);

/** One of each family of protocols. */
const families = ["qwen/qwen-plus", "anthropic/claude-opus-5", "gemini/gemini-3.8-flash"];

// Both wait for a simulator at the pace of a vendor, and so they wait together.
test.concurrent.each(inject("matrix") ? families : families.slice(0, 1))(
  "%s: the recording of the simulator reads the same again, and is no proof",
  async (ref) => {
    const folder = newFolder();
    const flags = { model: [ref], full: true, "via-sim": true, out: "rec.json" };
    const { text } = await runCommand(ping, folder, [], flags);
    expect(text).toMatch(/^\S+：最多 \d+ 次小请求，估计不超过 [¥$][\d.]+\n/);
    expect(text).toContain("✓ 流式与用量");
    expect(text).toContain("（模拟，不算实测）");
    const recording = read(join(folder, "rec.json"));
    expect(recording.simulated).toBe(true);
    expect(recording.steps.length).toBeGreaterThan(5);
    const again = await replayed(recording, await targetOf(ref));
    expect(again).toEqual(recording.steps.map(({ check, reply }) => ({ check, reply })));
  },
);

test.concurrent("the simulator alone writes nothing where nobody asks for it", async () => {
  const folder = newFolder();
  await runCommand(ping, folder, [], { model: ["qwen/qwen-plus"], full: true, "via-sim": true });
  expect(existsSync(join(folder, "providers"))).toBe(false);
});

test("a server that thinks when told not to, and repeats the key, is told of and never shown the key", async () => {
  const key = "sk-very-secret-0123456789";
  loopback.serve({
    headers: { "content-type": "text/event-stream" },
    pieces: [
      sse(
        { model: `m ${key}`, choices: [{ index: 0, delta: { reasoning_content: "想" } }] },
        { choices: [{ index: 0, delta: { content: `六 ${key}` } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
        { choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } },
      ),
    ],
  });
  const folder = newFolder();
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1
targets: [mine/m]
providers:
  mine:
    protocol: openai-chat
    base_url: ${loopback.url}/v1
    auth: {scheme: bearer, env: MINE_KEY}
    models:
      - id: m
        request: {thinking: {on: {t: 1}, off: {t: 0}, low: {t: 2}}}
`,
  );
  const { code, text } = await runCommand(
    ping,
    folder,
    [],
    { full: true },
    { env: { MINE_KEY: key } },
  );
  expect(code).toBe(3);
  expect(text).toMatch(/✓ 思考 on .*\n.*✗ 思考 off {2}没有照办\n.*✓ 思考 low/);
  expect(text).toContain("✗ 停止词  没有照办");
  expect(text).toContain("✗ 错误的密钥  照样作答，没有报错");
  expect(text).toContain("✗ 不存在的模型  照样作答，没有报错");
  const file = join(folder, "providers", "recordings", "mine.m.json");
  const written = readFileSync(file, "utf8");
  expect(text + written).not.toContain(key);
  expect(read(file)).toMatchObject({
    provider: "mine",
    simulated: false,
    recorded_on: "2026-11-29",
  });
  expect(loopback.seen.length).toBeLessThanOrEqual(mostChecks);
});

test("no vendor's model asks for more than twenty calls", async () => {
  for (const ref of [
    "ark/doubao-seed-2-1-pro-260628",
    "openai-responses/gpt-6-sol",
    "anthropic/claude-opus-5",
  ]) {
    expect(fullChecks(await targetOf(ref)).length).toBeLessThanOrEqual(mostChecks);
  }
});

const folder = join(builtin, "recordings");
const shipped = existsSync(folder)
  ? readdirSync(folder).filter((name) => name.endsWith(".json"))
  : [];
describe.skipIf(shipped.length === 0)("recordings of real accounts read the same again", () => {
  test.each(shipped)("%s", async (name) => {
    const recording = read(join(folder, name));
    const again = await replayed(
      recording,
      await targetOf(`${recording.provider}/${recording.model}`),
    );
    expect(again).toEqual(recording.steps.map(({ check, reply }) => ({ check, reply })));
  });
});
