import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { coldNonce } from "../../engine/run/cold.ts";
import { command as run } from "../commands/run.ts";
import { call } from "../testing/call.ts";
import { newFolder } from "../testing/command-context.ts";
import { startSwappingServer, type SwappingServer } from "../testing/swapping-server.ts";

let folder: string;
let server: SwappingServer;

beforeAll(async () => {
  folder = newFolder();
  server = await startSwappingServer({});
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nproviders: {mine: {protocol: openai-chat, base_url: "${server.url}"}}\ntargets: [mine/m]\n`,
  );
  const items = ["一", "二", "三"].map(
    (name, at) => `{id: q${at}, question: 第${name}问, options: {A: 甲, B: 乙}, answer: B}`,
  );
  writeFileSync(
    join(folder, "q.yaml"),
    `schema: suite/1\nid: q\ntasks: [{id: t, dimension: [试], system: 只答字母, grader: {use: choice}, items: [${items.join(", ")}]}]\n`,
  );
});
afterAll(() => server.close());

const systems = (): readonly string[] =>
  server.bodies.map(({ messages }) => (messages as { content: string }[])[0]?.content ?? "");

test("a cold run marks every system prompt, and a continued one keeps its marks", async () => {
  const values = { out: "cold.jsonl", reporter: "silent", cold: true } as const;
  await call(run, { cwd: folder, args: ["q.yaml"], values });
  const lines = readFileSync(join(folder, "cold.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RunFileLine);
  const cold = lines.find((line) => line.kind === "run")?.settings.cold ?? "";
  const answers = lines.filter((line) => line.kind === "answer");
  expect(cold).toMatch(/^[0-9a-f]{16}$/);
  expect(answers.map(({ key, nonce }) => nonce === coldNonce(cold, key))).toEqual([
    true,
    true,
    true,
  ]);
  expect(new Set(systems())).toEqual(new Set(answers.map(({ nonce }) => `[${nonce}]\n只答字母`)));

  // Cut off after its first answer, and continued: the mark of the file holds.
  const first = lines.findIndex((line) => line.kind === "answer");
  const kept = lines.slice(0, first + 1).map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(join(folder, "cut.jsonl"), kept.join(""));
  const before = new Set(systems());
  await call(run, {
    cwd: folder,
    args: ["q.yaml"],
    values: { resume: "cut.jsonl", reporter: "silent" },
  });
  expect(new Set(systems())).toEqual(before);
});

test("without the option nothing is added", async () => {
  const asked = server.bodies.length;
  await call(run, {
    cwd: folder,
    args: ["q.yaml"],
    values: { out: "warm.jsonl", reporter: "silent" },
  });
  expect(new Set(systems().slice(asked))).toEqual(new Set(["只答字母"]));
  expect(readFileSync(join(folder, "warm.jsonl"), "utf8")).not.toContain("nonce");
});
