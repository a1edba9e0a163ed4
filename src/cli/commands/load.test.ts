import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import type { Flags } from "../testing/command-context.ts";

import { readLoad } from "../../store/load/load-file.ts";
import { isOwnHost } from "../../transport/own-host.ts";
import { mindHosts } from "../load/guard.ts";
import { newFolder, optionsWith, runCommand } from "../testing/command-context.ts";
import { command as compare } from "./compare.ts";
import { command } from "./load.ts";
import { command as merge } from "./merge.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => servers.forEach((server) => server.close()));

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const answer = [
  event({ choices: [{ index: 0, delta: { content: "先算个位，" } }], model: "m" }),
  event({ choices: [{ index: 0, delta: { content: "再算十位。" } }], model: "m" }),
  event({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }),
  event({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 8 } }),
  "data: [DONE]\n\n",
].join("");

/** A folder whose config names a server of one's own; every `limited`th request gets 429, none where it is 0. */
async function folderFor({ limited = 0 }: { limited?: number } = {}) {
  const bodies: string[] = [];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => (body += piece));
    request.on("end", () => {
      bodies.push(body);
      if (limited > 0 && bodies.length % limited === 0) {
        response.writeHead(429, { "content-type": "application/json" });
        response.end('{"error":{"code":"rate_limit_exceeded","message":"slow down"}}');
      } else response.writeHead(200, { "content-type": "text/event-stream" }).end(answer);
    });
  };
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const folder = newFolder();
  const config = `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "http://127.0.0.1:${port}/v1", auth: {scheme: none}}\n`;
  writeFileSync(join(folder, "baimo.yaml"), config);
  return { folder, bodies };
}

// Loads last as long as they say: those that send anything wait together.
const short = { duration: "1s", warmup: "0s", cooldown: "0s", plain: true };
const load = (folder: string, flags: Flags) =>
  runCommand(command, folder, [], { ...short, ...flags });

/** A load that is stopped once its server has had so many requests, however long that takes. */
async function loadUntil(bodies: readonly string[], count: number, folder: string, flags: Flags) {
  const stop = new AbortController();
  const given = { ...short, duration: "10m", ...flags };
  const loading = runCommand(command, folder, [], given, { stopping: stop.signal });
  await expect.poll(() => bodies.length).toBeGreaterThanOrEqual(count);
  stop.abort();
  return loading;
}

test.concurrent("an open loop sends what was planned, keeps every request, and says what follows in a sentence", async () => {
  const { folder, bodies } = await folderFor();
  const plan = { rate: "40", arrivals: "constant", duration: "500ms" };
  const { text } = await load(folder, { ...plan, out: "a.jsonl" });
  expect(text).toContain("v/m：");
  const { head, steps, rows, end } = await readLoad(join(folder, "a.jsonl"));
  // Arrivals at 25, 50 … 475 ms lie within the measured half second; rows stand as they ended.
  const planned = rows.map(({ planned_at_ms }) => planned_at_ms).toSorted((a, b) => a - b);
  expect(planned.map((at) => Math.round(at - (planned[0] ?? 0)))).toEqual(
    Array.from({ length: 19 }, (_, at) => at * 25),
  );
  expect(head.plan).toMatchObject({ mode: "rate", levels: [40], arrivals: "constant" });
  expect(steps).toHaveLength(1);
  expect(
    rows.every(
      ({ outcome, send_lag_ms, chars }) => outcome === "ok" && send_lag_ms !== null && chars === 10,
    ),
  ).toBe(true);
  expect(end?.summary.targets[0]?.steps[0]).toMatchObject({
    arrivals: 19,
    done: 19,
    outcomes: { ok: 19 },
  });
  expect(new Set(bodies.map((body) => /［[^］]+］/.exec(body)?.[0])).size).toBe(19);
});

test.concurrent("a closed loop has as many at once as asked, and its table warns of what it leaves out", async () => {
  const { folder, bodies } = await folderFor();
  const { text } = await loadUntil(bodies, 7, folder, { concurrency: "3", out: "a.jsonl" });
  const { rows, end } = await readLoad(join(folder, "a.jsonl"));
  const first = Math.min(...rows.map(({ planned_at_ms }) => planned_at_ms));
  expect(rows.filter(({ planned_at_ms }) => planned_at_ms === first)).toHaveLength(3);
  expect(rows.length).toBeGreaterThan(3);
  expect(end?.summary.targets[0]?.knee.state).toBe("none");
  expect(text).toContain("--rate");
});

test.concurrent("429 is counted as what it is, and is no good answer", async () => {
  const { folder } = await folderFor({ limited: 4 });
  await load(folder, { rate: "40", arrivals: "constant", duration: "500ms", out: "a.jsonl" });
  const { end } = await readLoad(join(folder, "a.jsonl"));
  expect(end?.status).toBe("complete");
  const step = end?.summary.targets[0]?.steps[0];
  expect(step?.outcomes).toEqual({ ok: 15, "rate-limited": 4 });
  expect(step?.goodput?.value).toBeCloseTo(15 / 19);
  expect(step?.rate_limited_share).toBeCloseTo(4 / 19);
});

test.concurrent("several turns of a session carry on what was said", async () => {
  const { folder, bodies } = await folderFor();
  await loadUntil(bodies, 3, folder, { concurrency: "1", turns: "3", out: "a.jsonl" });
  const counts = bodies
    .slice(0, 3)
    .map((body) => (JSON.parse(body) as { messages: unknown[] }).messages.length);
  expect(counts).toEqual([1, 3, 5]);
});

test.concurrent("prompts of one's own, with their bounds", async () => {
  const { folder, bodies } = await folderFor();
  writeFileSync(
    join(folder, "p.jsonl"),
    '{"prompt":"一","max_tokens":9}\n{"messages":[{"role":"user","content":"二"}]}\n',
  );
  const asked = { concurrency: "1", profile: "p.jsonl", cached: true };
  await loadUntil(bodies, 2, folder, { ...asked, out: "a.jsonl" });
  expect(JSON.parse(bodies[0] ?? "")).toMatchObject({
    messages: [{ content: "一" }],
    max_tokens: 9,
  });
  expect(JSON.parse(bodies[1] ?? "")).toMatchObject({ messages: [{ content: "二" }] });
});

test.each([
  [{ quick: true }, false, "v/m 最多 4000 次，价格未知。约一分钟。"],
  [{ requests: "250" }, true, "v/m 最多 250 次，最多约 0."],
  [{ rate: "10,20" }, false, "v/m 最多 30 次"],
  [{ concurrency: "2" }, true, "v/m 2 路并发，次数由回答的快慢定，每次最多约 0."],
])("%j is said before anything is sent", async (flags: Flags, isPriced, words) => {
  const { folder, bodies } = await folderFor();
  const file = join(folder, "baimo.yaml");
  const row =
    "models: [{id: m, price: {currency: CNY, verified: true, tiers: [{input: 2, output: 8}]}}]";
  if (isPriced) {
    const config = readFileSync(file, "utf8").replace("auth: {scheme", `${row}, auth: {scheme`);
    writeFileSync(file, config);
  }
  const stopping = AbortSignal.abort();
  const out = { out: "a.jsonl" };
  const { text } = await runCommand(
    command,
    folder,
    [],
    { ...short, ...flags, ...out },
    { stopping },
  );
  expect(text).toContain(`就要发真请求：${words}`);
  expect(bodies).toEqual([]);
});

test.concurrent("a cap on tokens ends it, and a stop beforehand sends nothing", async () => {
  const { folder } = await folderFor();
  const capped = await load(folder, {
    concurrency: "2",
    "max-tokens-total": "2000",
    out: "a.jsonl",
  });
  expect(capped.code).toBe(3);
  expect((await readLoad(join(folder, "a.jsonl"))).end?.status).toBe("budget");
  const stopping = AbortSignal.abort();
  const { code } = await runCommand(
    command,
    folder,
    [],
    { ...short, rate: "5", out: "b.jsonl" },
    { stopping },
  );
  expect(code).toBe(130);
  expect((await readLoad(join(folder, "b.jsonl"))).rows).toEqual([]);
});

test.concurrent("a file is shown again, even torn, and two are compared", async () => {
  const { folder } = await folderFor();
  for (const out of ["a.jsonl", "b.jsonl"])
    await load(folder, { rate: "60", duration: "500ms", out });
  const whole = readFileSync(join(folder, "a.jsonl"), "utf8");
  const lines = whole.trimEnd().split("\n");
  writeFileSync(
    join(folder, "torn.jsonl"),
    `${lines.slice(0, -1).join("\n")}\n${lines.at(-1)?.slice(0, 40)}`,
  );
  const shown = await runCommand(command, folder, ["torn.jsonl"], { format: "json" });
  const made = JSON.parse(shown.text) as { status: string; summary: unknown };
  expect(made.status).toBe("interrupted");
  expect(made.summary).toEqual((await readLoad(join(folder, "a.jsonl"))).end?.summary);
  const compared = await runCommand(compare, folder, ["a.jsonl", "b.jsonl"], { json: true });
  expect(JSON.parse(compared.text)).toMatchObject([
    { schema: "load-comparison/1", base: join(folder, "a.jsonl") },
  ]);
});

test.concurrent("shards send the arrivals of one plan between them, and merge into what one would have told", async () => {
  const { folder, bodies } = await folderFor();
  const plan = { rate: "20,40", arrivals: "constant", duration: "500ms" };
  const parts = ["1/2", "2/2"].map((shard) =>
    load(folder, { ...plan, shard, out: `part-${shard[0]}.jsonl` }),
  );
  await Promise.all(parts);
  const files = ["part-1.jsonl", "part-2.jsonl"];
  const part = await readLoad(join(folder, "part-1.jsonl"));
  expect(part.end?.summary.targets[0]?.steps.map(({ arrivals }) => arrivals)).toEqual([5, 10]);
  expect((await runCommand(merge, folder, files, { out: "all.jsonl" })).code).toBe(0);
  const { head, rows, steps, end } = await readLoad(join(folder, "all.jsonl"));
  expect(head.plan.shard).toBeUndefined();
  expect(end?.summary.targets[0]?.steps.map(({ arrivals }) => arrivals)).toEqual([9, 19]);
  const gaps = steps.map(({ step }) => {
    const own = rows.filter((row) => row.step === step).map((row) => row.planned_at_ms);
    return own.slice(1).map((at, place) => Math.round(at - (own[place] ?? 0)));
  });
  expect(gaps).toEqual([Array.from({ length: 8 }, () => 50), Array.from({ length: 18 }, () => 25)]);
  // No two ask the same, so that no cache answers.
  expect(new Set(bodies.map((body) => /［[^］]+］/.exec(body)?.[0])).size).toBe(28);
  const alone = await runCommand(merge, folder, files.slice(1), { out: "b.jsonl" });
  expect(alone.code).toBe(2);
});

test.concurrent("a closed loop of shards has as many at once between them as asked", async () => {
  const { folder } = await folderFor();
  const counts = ["1/2", "2/2"].map(async (shard) => {
    const out = `c${shard[0]}.jsonl`;
    await load(folder, { concurrency: "3", duration: "200ms", shard, out });
    const { rows } = await readLoad(join(folder, out));
    const first = Math.min(...rows.map(({ planned_at_ms }) => planned_at_ms));
    return rows.filter(({ planned_at_ms }) => planned_at_ms === first).length;
  });
  expect(await Promise.all(counts)).toEqual([2, 1]);
});

describe("load on hosts of others", () => {
  test.each([
    ["http://127.0.0.1:8000/v1", true],
    ["http://[::1]:8000/v1", true],
    ["http://10.3.2.1/v1", true],
    ["http://172.31.0.9/v1", true],
    ["http://172.32.0.9/v1", false],
    ["http://192.168.1.4/v1", true],
    ["http://gpu-7:8000/v1", true],
    ["http://models.corp.internal/v1", true],
    ["https://api.deepseek.com/v1", false],
    ["http://8.8.8.8/v1", false],
  ])("%s is one's own: %s", (url, expected) => {
    expect(isOwnHost(url)).toBe(expected);
  });

  const ask = (flags: Flags, isTTY: boolean, said = "") =>
    mindHosts(
      ["https://api.example.com/v1"],
      optionsWith(command, flags, []),
      { lang: "en", isTTY, warn: () => undefined },
      () => Promise.resolve(said),
    );

  test("heavy load is asked about, refused without a terminal, and let through by --yes", async () => {
    await expect(ask({ rate: "50" }, false)).rejects.toThrow(/--yes/);
    await expect(ask({}, true, "no")).rejects.toThrow(/Nothing was sent/);
    await expect(ask({ rate: "50" }, true, "yes")).resolves.toBeUndefined();
    await expect(ask({ rate: "50", yes: true }, false)).resolves.toBeUndefined();
    await expect(ask({ rate: "1,2" }, false)).resolves.toBeUndefined();
  });
});

test.each([
  [{ rate: "1,x" }, /1,2,5/],
  [{ slo: "ttft" }, /ttft=2s/],
  [{ duration: "60" }, /60s/],
  [{ shard: "3/2" }, /2\/8/],
  [{ at: "25:00" }, /10:30/],
])("what cannot be read is refused with what was expected: %j", (flags, expected) => {
  expect(() => optionsWith(command, flags, [])).toThrow(expected);
});
