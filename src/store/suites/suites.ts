import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";

import type { Task } from "../../domain/suite.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";

import { digestOf } from "../../domain/digest.ts";
import { Suite } from "../../domain/suite.ts";
import { openFile } from "../../files/jsonl.ts";
import { lineLimit } from "../../files/line-limit.ts";
import { lineBatches } from "../../files/lines.ts";
import { notAFile } from "../../files/regular-file.ts";
import { problemError } from "../../files/text-file.ts";
import { problemAt, readYaml } from "../yaml/yaml.ts";
import { tableKind } from "./expand/table-kind.ts";
import { judgeDigests, withJudgeFiles } from "./judge-files.ts";

/** A suite that was read; `locate` gives the location of any path in its file. */
export type ParsedSuite = {
  readonly file: string;
  readonly suite: Suite;
  readonly text: string;
  readonly locate: Locate;
};

/**
 * `digest` covers the text of the suite and of every data file, but not where they are, nor whether lines end as on
 * Windows; `recipe` covers the same except the seeds of its generators.
 */
export type SuiteFile = ParsedSuite & { readonly digest: string; readonly recipe: string };

/**
 * Reads a suite and computes its digest; with `reseed` its generators draw other items. Rejects with a `UserError` that
 * holds every problem, missing data files included.
 */
export async function readSuite(file: string, reseed: number | null = null): Promise<SuiteFile> {
  const parsed = await parseSuite(file);
  const digests: string[] = [];
  const problems: Problem[] = [];
  for (const [index, task] of parsed.suite.tasks.entries()) {
    for (const data of [dataFile(parsed, task), examplesFile(parsed, task)]) {
      if (data === null) continue;
      const problem = await fileProblem(parsed, ["tasks", index, ...data.path], data);
      if (problem === null) digests.push(await digestOfFile(data.file));
      else problems.push(problem);
    }
  }
  if (problems.length > 0) throw problemError(problems);
  const { suite } = parsed;
  const judges = judgeDigests(suite);
  const beside = { data: digests, ...(judges.length === 0 ? {} : { judges }) };
  const digest = digestOf({ suite: sha256(unixText(parsed.text)), ...beside });
  const recipe = digestOf({ suite: withSeeds(suite, () => 0), ...beside });
  if (reseed === null || !suite.tasks.some(({ items }) => "generate" in items)) {
    return { ...parsed, digest, recipe };
  }
  const fresh = withSeeds(suite, (before) => reseed + before * stride);
  return { ...parsed, suite: fresh, digest: digestOf({ digest, reseed }), recipe };
}

/** Separates the tasks of one generator: each further one draws from its own seed. */
const stride = 1_000_003;

/** The suite with other seeds; `before` counts the earlier tasks of the same generator. */
function withSeeds(suite: Suite, seedOf: (before: number) => number): Suite {
  const counts = new Map<string, number>();
  const tasks = suite.tasks.map((task) => {
    if (!("generate" in task.items)) return task;
    const before = counts.get(task.items.generate) ?? 0;
    counts.set(task.items.generate, before + 1);
    return { ...task, items: { ...task.items, seed: seedOf(before) } };
  });
  return { ...suite, tasks };
}

/** Reads and validates only the YAML, with the judge files that it names; data files may be missing. */
export async function parseSuite(file: string): Promise<ParsedSuite> {
  const { value, text, locate } = await readYaml(file, Suite);
  return { file, suite: await withJudgeFiles(value, file, locate), text, locate };
}

/** A file that a task names: as it is written, where it is, and the path below the task that names it. */
export type NamedFile = {
  readonly name: string;
  readonly file: string;
  readonly path: readonly PropertyKey[];
};

/** The JSONL file of a task's items, or null if it has none. Paths are relative to the suite's file. */
export const dataFile = (parsed: Pick<ParsedSuite, "file">, { items }: Task): NamedFile | null =>
  "from" in items ? namedFile(parsed, items.from, ["items", "from"]) : null;

/** The file from which a task's examples are drawn, or null. */
export const examplesFile = (
  parsed: Pick<ParsedSuite, "file">,
  { examples }: Task,
): NamedFile | null =>
  examples !== undefined && "from" in examples
    ? namedFile(parsed, examples.from, ["examples", "from"])
    : null;

const namedFile = (
  { file }: Pick<ParsedSuite, "file">,
  name: string,
  path: readonly PropertyKey[],
): NamedFile => ({ name, file: isAbsolute(name) ? name : join(dirname(file), name), path });

/** What keeps a file from being read as JSON Lines, at the line of the suite that names it; null if nothing does. */
export async function fileProblem(
  { locate }: Pick<ParsedSuite, "locate">,
  path: readonly PropertyKey[],
  { name, file }: NamedFile,
): Promise<Problem | null> {
  const at = (message: Text): Problem => problemAt(locate, path, message);
  const kind = await notAFile(file);
  if (kind !== null) {
    return at({
      zh: `${name}：${kind.zh}；from 要写一个 .jsonl 文件`,
      en: `${name}: ${kind.en}; from names a .jsonl file`,
    });
  }
  try {
    await access(file, constants.R_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT"
      ? at({ zh: `数据文件不存在：${name}`, en: `no such data file: ${name}` })
      : at({
          zh: `数据文件无法读取：${name}（${code}）`,
          en: `cannot read data file ${name} (${code})`,
        });
  }
  const table = await tableKind(file);
  return table === null ? null : at(importFirst(name, table));
}

const mark = "\uFEFF";

/** Git and editors on Windows end lines in CR LF and may begin with a byte order mark: the suite is the same. */
const unixText = (text: string): string =>
  (text.startsWith(mark) ? text.slice(1) : text).replaceAll("\r\n", "\n");

const unixBytes = (bytes: Buffer): Buffer =>
  bytes.includes("\r\n")
    ? Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")
    : bytes;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const importFirst = (name: string, format: string): Text => ({
  zh: `${name} 不是 JSON Lines；先转成题集：baimo import ${format} ${name} -o suites/名称.yaml`,
  en: `${name} is no JSON Lines; make it a suite first: baimo import ${format} ${name} -o suites/name.yaml`,
});

async function digestOfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  let isFirst = true;
  // A CR at the end of a chunk waits: the LF behind it may come with the next.
  let waiting = Buffer.alloc(0);
  let isText = true;
  let held = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    const newline = bytes.lastIndexOf(10);
    held = newline === -1 ? held + bytes.length : bytes.length - newline;
    if (isText && (bytes.includes(0) || held > lineLimit())) {
      // Nobody should wait for the digest of gigabytes that hold nothing, or one line.
      isText = false;
      await readThrough(file);
    }
    const all = Buffer.concat([
      waiting,
      isFirst && bytes.indexOf(mark) === 0 ? bytes.subarray(3) : bytes,
    ]);
    const end = all.at(-1) === 13 ? all.length - 1 : all.length;
    hash.update(unixBytes(all.subarray(0, end)));
    waiting = all.subarray(end);
    isFirst = false;
  }
  return hash.update(waiting).digest("hex");
}

/** Rejects where reading the lines of a file would. */
async function readThrough(file: string): Promise<void> {
  const handle = await openFile(file);
  try {
    for await (const _ of lineBatches(handle, { shown: file }));
  } finally {
    await handle.close();
  }
}
