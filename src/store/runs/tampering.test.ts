import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, describe, expect, test as base, vi } from "vitest";

import { UserError } from "../../domain/text.ts";
import { reviewLine as review } from "../testing/properties.ts";
import { runLine as header } from "../testing/run-line.ts";
import { readRun, scanRun } from "./reader.ts";
import { createRunFile, reopenRunFile } from "./writer.ts";

const test = base.extend<{ file: string }>({
  /** A run file to be, in a folder of this test. */
  file: async ({ task }, use) => {
    const folder = await mkdtemp(join(tmpdir(), `baimo-${task.id}-`));
    await use(join(folder, "results", "run.jsonl"));
    await rm(folder, { recursive: true });
  },
});

const tamperings: readonly (readonly [string, (file: string) => Promise<unknown>, string])[] = [
  ["removed", (file) => rm(file), "was removed"],
  ["moved away", (file) => rename(file, `${file}.old`), "was removed"],
  ["its folder removed", (file) => rm(dirname(file), { recursive: true }), "was removed"],
  [
    "replaced as editors do",
    async (file) => {
      await writeFile(`${file}.new`, "{}\n");
      await rename(`${file}.new`, file);
    },
    "was replaced",
  ],
  ["emptied", (file) => truncate(file, 0), "was cut short"],
  ["cut in the middle", (file) => truncate(file, 300), "was cut short"],
  ["emptied and written to", (file) => writeFile(file, "no run\n".repeat(400)), "was written to"],
  ["appended to", (file) => appendFile(file, "no run\n"), "was written to"],
];

const lines = ["a", "b", "c"].map((key) => review(key));

const errorOf = async (work: Promise<unknown>): Promise<UserError> => {
  const error: unknown = await work.then(() => null).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

const rescuedIn = async (file: string): Promise<string> => {
  const name = (await readdir(dirname(file))).find((each) => each.includes(".rescued"));
  return join(dirname(file), name ?? "nothing was rescued");
};

afterEach(() => vi.useRealTimers());

// Most of them wait for the next look at the file: together.
describe.concurrent("a run file that somebody else changes", () => {
  test.for(tamperings)(
    "%s while nothing is written: noticed, saved whole, and said",
    async ([, tamper, said], { file, expect }) => {
      const writer = await createRunFile(file, header);
      for (const line of lines) await writer.append(line);
      await tamper(file);
      await expect.poll(() => writer.lost.aborted).toBe(true);
      const error = writer.lost.reason as UserError;
      expect(error).toMatchObject({ exitCode: 3 });
      expect(error.text.en).toContain(said);
      const rescued = await rescuedIn(file);
      expect(error.text.zh).toContain(`--resume ${rescued}`);
      expect(await readRun(rescued)).toEqual([header, ...lines]);
      await expect(writer.append(review("late"))).rejects.toThrow(said);
      await writer.close();
    },
  );

  test.for(tamperings)(
    "%s just before the end: the last look finds it",
    async ([, tamper, said], { file, expect }) => {
      const writer = await createRunFile(file, header);
      await Promise.all(lines.map(writer.append));
      await tamper(file);
      await writer.append(review("after"));
      expect((await errorOf(writer.close())).text.en).toContain(said);
      expect(await readRun(await rescuedIn(file))).toEqual([header, ...lines, review("after")]);
    },
  );

  test.for(tamperings)("%s while an old run goes on", async ([name, tamper, said], { file }) => {
    const first = await createRunFile(file, header);
    await Promise.all(lines.map(first.append));
    await first.close();
    const writer = await reopenRunFile(file, await scanRun(file, () => undefined));
    await tamper(file);
    await writer.append(review("after"));
    expect((await errorOf(writer.close())).text.en).toContain(said);
    const saved = await readRun(await rescuedIn(file));
    // What an earlier session wrote is not in memory: where the file was emptied, it is lost.
    const kept = /emptied|cut/.test(name) ? [] : lines;
    expect(saved).toEqual([header, ...kept, review("after")]);
  });

  test("several rescues do not overwrite each other", async ({ file }) => {
    for (const expected of ["run.rescued.jsonl", "run.rescued-2.jsonl"]) {
      const writer = await createRunFile(file, header);
      await rm(file);
      await errorOf(writer.close());
      expect(await readdir(dirname(file))).toContain(expected);
    }
  });
});

test("a lock that somebody else has now stops the writer; what was written stays", async ({
  file,
}) => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const writer = await createRunFile(file, header);
  await writer.append(review("a"));
  const other = JSON.stringify({ pid: 4, host: "elsewhere", since: "" });
  await writeFile(`${file}.lock`, other);
  vi.advanceTimersByTime(5_000);
  await expect.poll(() => writer.lost.aborted).toBe(true);
  expect((writer.lost.reason as UserError).text.en).toContain("taken over the lock");
  await expect(writer.append(review("b"))).rejects.toThrow("taken over the lock");
  await writer.close();
  expect(await readRun(file)).toEqual([header, review("a")]);
  expect(await readFile(`${file}.lock`, "utf8")).toBe(other);
});
