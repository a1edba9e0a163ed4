import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { CallRequest } from "../calling/protocol.ts";

import { contextOf, requestAt, wireOf } from "../calling/testing/loopback.ts";
import { protocol } from "./command.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-command-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a program of this JavaScript answers; `stdin` holds what it is asked. */
async function replyOf(
  code: string,
  {
    total = 10_000,
    signal = new AbortController().signal,
    run,
  }: {
    readonly total?: number;
    readonly signal?: AbortSignal;
    readonly run?: readonly string[];
  } = {},
) {
  const file = join(folder, "program.mjs");
  const read = 'import { readFileSync } from "node:fs"; const stdin = readFileSync(0, "utf8");\n';
  await writeFile(file, read + code);
  const call: CallRequest = requestAt("command:", {
    endpoint: {
      command: {
        run: [...(run ?? [process.execPath, file])],
        cwd: folder,
        environment: { PATH: process.env["PATH"] ?? "", SHOWN: "yes" },
      },
    },
    call: { vars: { 部门: "财务" } },
  });
  return protocol.attempt(call, {
    ...contextOf(wireOf([])),
    deadlines: { first_byte: total, idle: total, total },
    signal,
  });
}

test("reads JSON, answers JSON, with passages and counts; times include the start", async () => {
  const reply = await replyOf(`const { question, vars } = JSON.parse(stdin);
    console.log(JSON.stringify({ answer: question + vars["部门"], passages: [{ text: "甲", id: "1" }], usage: { input: 30, output: 3 } }));`);
  expect(reply).toMatchObject({
    outcome: "ok",
    text: "你好财务",
    passages: [{ text: "甲", id: "1" }],
    usage: { input: 30, output: 3 },
    status: null,
  });
  expect(reply.timing?.first_answer_ms ?? 0).toBeGreaterThan(5);
});

test("lines come as the answer does, and one object may stand on several lines", async () => {
  const lines = await replyOf(
    `for (const answer of ["十二", "天"]) console.log(JSON.stringify({ answer })); console.log('{"done": true}');`,
  );
  expect(lines).toMatchObject({ outcome: "ok", text: "十二天" });
  const whole = await replyOf(`console.log(JSON.stringify({ answer: "十二天" }, null, 2));`);
  expect(whole).toMatchObject({ outcome: "ok", text: "十二天" });
});

test.each([
  ["fails", `console.error("no model"); process.exit(3);`, "server", "no model"],
  ["answers and fails", `console.log('{"answer": "对"}'); process.exit(3);`, "server", "exit 3"],
  ["prints no JSON", `console.log("对");`, "malformed", "JSON"],
  ["prints nothing", "", "malformed", "nothing came"],
  [
    "says an error",
    `console.log('{"error": {"code": "insufficient_quota", "message": "no money"}}');`,
    "quota",
    "no money",
  ],
])("a program that %s has not answered", async (_what, code, outcome, message) => {
  const reply = await replyOf(code);
  expect(reply.outcome).toBe(outcome);
  expect(reply.message).toContain(message);
});

test("one that cannot be started says so and is not tried again", async () => {
  const reply = await replyOf("", { run: [join(folder, "nobody")] });
  expect(reply).toMatchObject({ outcome: "permission", code: "not-started" });
});

test("gets none of the harness's environment but what is named", async () => {
  process.env["BAIMO_TEST_SECRET"] = "hidden";
  const reply = await replyOf(
    `console.log(JSON.stringify({ answer: String(process.env.SHOWN) + process.env.BAIMO_TEST_SECRET }));`,
  );
  expect(reply.text).toBe("yesundefined");
});

test("past its time, the program and all that it started are ended", async () => {
  const sign = join(folder, "grandchild");
  const reply = await replyOf(
    `import { spawn } from "node:child_process"; import { writeFileSync } from "node:fs";
     const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
     writeFileSync(${JSON.stringify(sign)}, String(child.pid));
     setInterval(() => 0, 1000);`,
    { total: 1500 },
  );
  expect(reply).toMatchObject({ outcome: "timeout" });
  const pid = Number(await readFile(sign, "utf8"));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test("an aborted run ends it at once", async () => {
  const controller = new AbortController();
  const pending = replyOf("setInterval(() => 0, 1000);", { signal: controller.signal });
  controller.abort();
  expect(await pending).toMatchObject({ outcome: "aborted" });
});

async function isRunning(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, "utf8");
    // What its group's end has left may wait for its parent.
    return !status.includes(") Z ");
  } catch {
    return false;
  }
}
