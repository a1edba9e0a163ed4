import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import type { StepLine } from "../../domain/run-file/lines.ts";

import { UserError } from "../../domain/text.ts";
import { answerLine } from "../../report/testing/lines.ts";
import { openJournal } from "./journal.ts";

const target = "qwen/qwen-plus";
const answer = (item: string, text = "4") => answerLine({ item, target, text });
const stepOf = (item: string, at: number): StepLine => {
  const { key, digest, turns } = answer(item);
  const [call] = turns;
  if (call === undefined) throw new Error("an answer without a call");
  return { kind: "step", key, item, target, digest, step: at, call };
};

let file = "";
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "baimo-journal-")), "worker", "run.a.jsonl");
});

test("what was paid for and not acknowledged is there again for who opens it next", async () => {
  const first = await openJournal(file);
  const [a, b, c] = [answer("s/t/a"), answer("s/t/b"), answer("s/t/c")];
  for (const line of [a, b, c]) await first.answer(line);
  await first.acknowledge(b.key);
  await first.step(stepOf("s/t/d", 1));
  await first.step(stepOf("s/t/d", 2));
  await first.close();
  const again = await openJournal(file);
  expect(again.id).toBe(first.id);
  expect([...again.waiting.keys()]).toEqual([a.key, c.key]);
  expect(again.waiting.get(c.key)).toEqual(c);
  expect([a, b, c].map(({ key }) => again.isAcknowledged(key))).toEqual([false, true, false]);
  expect(again.steps(answer("s/t/d").key).map(({ step }) => step)).toEqual([1, 2]);
  await again.close();
});

test("a conversation that begins anew forgets its steps, and its answer ends them", async () => {
  const journal = await openJournal(file);
  const { key } = answer("s/t/d");
  for (const at of [1, 2, 1]) await journal.step(stepOf("s/t/d", at));
  expect(journal.steps(key).map(({ step }) => step)).toEqual([1]);
  await journal.answer(answer("s/t/d"));
  expect(journal.steps(key)).toEqual([]);
  await journal.close();
});

test("a second acknowledgement, or one of an unknown key, writes nothing", async () => {
  const journal = await openJournal(file);
  const line = answer("s/t/a");
  await journal.answer(line);
  await journal.acknowledge(line.key);
  const { size } = statSync(file);
  await journal.acknowledge(line.key);
  await journal.acknowledge("nobody's");
  expect(statSync(file).size).toBe(size);
  await journal.close();
});

test.each([
  ["cut off within a line", (text: string) => text.slice(0, -40)],
  ["without its last newline", (text: string) => text.trimEnd()],
  [
    "with a damaged line in the middle",
    (text: string) => text.replace(/\n(?=.*"s\/t\/b)/, "\n\0{]\n"),
  ],
  ["with a line of another kind", (text: string) => `${text}{"kind":"note"}\n`],
])("a journal %s gives what is whole, and goes on", async (_, damage) => {
  const first = await openJournal(file);
  await first.answer(answer("s/t/a"));
  await first.answer(answer("s/t/b"));
  await first.close();
  writeFileSync(file, damage(readFileSync(file, "utf8")));
  const again = await openJournal(file);
  expect(again.id).toBe(first.id);
  expect(again.waiting.has(answer("s/t/a").key)).toBe(true);
  await again.answer(answer("s/t/c"));
  await again.close();
  const last = await openJournal(file);
  expect(last.waiting.has(answer("s/t/a").key)).toBe(true);
  expect(last.waiting.has(answer("s/t/c").key)).toBe(true);
  await last.close();
});

test("only one process writes a journal", async () => {
  const first = await openJournal(file);
  await expect(openJournal(file)).rejects.toBeInstanceOf(UserError);
  await first.close();
  await (await openJournal(file)).close();
});

test("once nothing of it is needed, a large journal is emptied, and keeps its name", async () => {
  const journal = await openJournal(file);
  const long = "长".repeat(1 << 20);
  const lines = ["a", "b", "c", "d", "e", "f"].map((id) => answer(`s/t/${id}`, long));
  for (const line of lines) await journal.answer(line);
  for (const { key } of lines) await journal.acknowledge(key);
  expect(statSync(file).size).toBeLessThan(1_000);
  const { id } = journal;
  await journal.close();
  appendFileSync(file, "");
  const again = await openJournal(file);
  expect(again.id).toBe(id);
  expect(again.waiting.size).toBe(0);
  await again.close();
});
