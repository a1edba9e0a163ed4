import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { graderIds, loadGrader, loadGraderFile, parseGraderOptions } from "./graders.ts";

/** What type of value is meant cannot be guessed, nor what language a program is in. */
const notGuessed: Readonly<Record<string, object>> = {
  all: { checks: [{ name: "答案", use: "exact" }] },
  labels: { labels: ["正面", "负面"] },
  value: { type: "time" },
  code: { language: "python" },
};

test("every file exports a grader whose id is the file's name", async () => {
  expect(graderIds()).toEqual(
    expect.arrayContaining(["choice", "contains", "exact", "numeric", "regex"]),
  );
  for (const id of graderIds()) {
    const grader = await loadGrader(id);
    expect(grader?.id).toBe(id);
    const needed = notGuessed[id] ?? {};
    expect(grader?.options.safeParse(needed).success).toBe(true);
    expect(grader?.options.safeParse({ ...needed, no_such_option: 1 }).success).toBe(false);
  }
});

test.each(["no-such", "registry", "../cli/command", "exact.test"])(
  "%j is no grader",
  async (id) => {
    expect(await loadGrader(id)).toBeNull();
  },
);

test("an unknown option is named in the error", async () => {
  const exact = await loadGrader("exact");
  if (exact === null) throw new Error("no exact grader");
  expect(() => parseGraderOptions(exact, { form: "reply" })).toThrow(/form/);
});

test("a custom grader is a file that exports one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "graders-"));
  const house = join(folder, "house.mjs");
  await writeFile(
    house,
    `export const grader = { id: "house", version: "1", title: { zh: "自家", en: "house" },
       options: { safeParse: (data) => ({ success: true, data }) }, check: () => [],
       grade: () => ({ verdict: "right", value: 1, extracted: null, why: "house" }) };`,
  );
  expect((await loadGraderFile(house)).id).toBe("house");
  const empty = join(folder, "empty.mjs");
  await writeFile(empty, "export const other = 1;");
  await expect(loadGraderFile(empty)).rejects.toThrow(UserError);
  await expect(loadGraderFile(join(folder, "missing.mjs"))).rejects.toThrow(UserError);
});
