import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { FollowedSuites } from "./followed-suites.ts";

import { followSuites } from "./followed-suites.ts";

let folder = "";
let suites: FollowedSuites;
let now_ms = 0;
let looks = 0;

const put = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const suiteOf = (id: string, items: string): string =>
  `schema: suite/1\nid: ${id}\ntasks:\n  - id: t\n    dimension: [甲]\n    grader: {use: exact}\n    items: ${items}\n`;
const one = (question: string, answer: string): string =>
  `[{id: a, question: ${question}, answer: ${answer}}]`;

async function inFolder(): Promise<readonly string[]> {
  looks += 1;
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(".yaml")).map((name) => join(folder, name));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "baimo-followed-"));
  await put("first.yaml", suiteOf("first", one("几点开门？", "九点")));
  await put("rows.yaml", suiteOf("rows", "{from: rows.jsonl}"));
  await put("rows.jsonl", '{"id": "r", "question": "几点关门？", "answer": "六点"}\n');
  suites = await followSuites({
    files: await inFolder(),
    reseed: null,
    later: () => false,
    refind: inFolder,
    now: () => now_ms,
  });
  looks = 0;
});
afterEach(async () => {
  await suites.close();
  await rm(folder, { recursive: true });
});

const asked = (text: string) => [{ role: "user" as const, text }];

/** The gold of a prompt, `null` where no suite has it. */
async function goldOf(prompt: string): Promise<unknown> {
  const found = await suites.find(asked(prompt));
  return found?.line.turns[0]?.answer ?? null;
}

test.each<[string, () => Promise<void>, string, string | null]>([
  ["stays", async () => undefined, "几点开门？", "九点"],
  ["was added", () => put("new.yaml", suiteOf("new", one("能退吗？", "能"))), "能退吗？", "能"],
  [
    "has another item",
    () => put("first.yaml", suiteOf("first", one("几点打烊？", "十点"))),
    "几点打烊？",
    "十点",
  ],
  [
    "has the item no more",
    () => put("first.yaml", suiteOf("first", one("几点打烊？", "十点"))),
    "几点开门？",
    null,
  ],
  [
    "has another answer",
    () => put("first.yaml", suiteOf("first", one("几点开门？", "八点半"))),
    "几点开门？",
    "八点半",
  ],
  [
    "has another file of rows",
    () => put("rows.jsonl", '{"id": "r", "question": "周日开门吗？", "answer": "不开"}\n'),
    "周日开门吗？",
    "不开",
  ],
  [
    "cannot be read any more",
    () => put("first.yaml", "schema: suite/1\n\tid"),
    "几点开门？",
    "九点",
  ],
])("a suite that %s is answered as it stands now", async (_, change, prompt, gold) => {
  await change();
  now_ms += 5000;
  expect(await goldOf(prompt)).toBe(gold);
  expect(suites.unread() !== null).toBe(_.startsWith("cannot"));
});

test("what could not be read is read again once it is mended, and counted with the others", async () => {
  await put("third.yaml", "schema: suite/1\nid: third\n");
  expect(await goldOf("有货吗？")).toBeNull();
  expect(suites.unread()).toContain("third.yaml:");
  expect(suites.count()).toBe(2);
  await put("third.yaml", suiteOf("third", one("有货吗？", "有")));
  expect(await goldOf("有货吗？")).toBe("有");
  expect([suites.unread(), suites.count()]).toEqual([null, 3]);
});

test("files are looked at for an unknown prompt, and for a known one once a second", async () => {
  for (let n = 0; n < 50; n += 1) await goldOf("几点开门？");
  expect(looks).toBe(0);
  await goldOf("不在题集里的问题");
  expect(looks).toBe(1);
  now_ms += 1001;
  for (let n = 0; n < 50; n += 1) await goldOf("几点开门？");
  expect(looks).toBe(2);
});

test("a prompt that tries the interface looks at no file, and waits for no item to be drawn", async () => {
  const generated = suiteOf("drawn", "{generate: kinship, n: 40, seed: 7}");
  await put("drawn.yaml", generated);
  const drawn = await followSuites({
    files: [join(folder, "drawn.yaml")],
    reseed: null,
    later: () => true,
    refind: inFolder,
    now: () => now_ms,
  });
  const before = drawn.prompts();
  const reading = drawn.readLater(new AbortController().signal);
  let isRead = false;
  void reading.then(() => (isRead = true));
  expect(await drawn.find(asked("你好！请只回答“好”。"))).toBeNull();
  expect([isRead, looks]).toEqual([false, 0]);
  expect(await drawn.find(asked("不在题集里的问题"))).toBeNull();
  expect(isRead).toBe(true);
  // The look found the two other suites.
  expect(drawn.prompts()).toBe(before + 2);
  await drawn.close();
});

test("items are not drawn while others are answered, unless one of them is asked for", async () => {
  await put("drawn.yaml", suiteOf("drawn", "{generate: kinship, n: 40, seed: 7}"));
  const drawn = await followSuites({
    files: [join(folder, "drawn.yaml")],
    reseed: null,
    later: () => true,
    refind: null,
    now: () => now_ms,
  });
  const { promise: rested, resolve: restsAgain } = Promise.withResolvers<void>();
  let rests = 0;
  const reading = drawn.readLater(new AbortController().signal, () => {
    rests += 1;
    if (rests === 3) restsAgain();
    return true;
  });
  let isRead = false;
  void reading.then(() => (isRead = true));
  await rested;
  expect(isRead).toBe(false);
  expect(await drawn.find(asked("不在题集里的问题"))).toBeNull();
  expect(isRead).toBe(true);
  await drawn.close();
});

test("drawing ends with the simulator", async () => {
  await put("drawn.yaml", suiteOf("drawn", "{generate: kinship, n: 400, seed: 7}"));
  const drawn = await followSuites({
    files: [join(folder, "drawn.yaml")],
    reseed: null,
    later: () => true,
    refind: null,
    now: () => now_ms,
  });
  const ending = new AbortController();
  const reading = drawn.readLater(ending.signal);
  ending.abort();
  await expect(reading).resolves.toBeUndefined();
  await drawn.close();
});
