import { readdir, stat } from "node:fs/promises";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { GraderRef, Item, Suite } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { ImportedItem, ImportedRow, Importer, ImportSettings, TaskHead } from "./importer.ts";
import type { MaskKind } from "./mask.ts";
import type { Preview } from "./preview.ts";
import type { Skipped } from "./tally.ts";
import type { WrittenTask } from "./writer.ts";

import { digestOf } from "../domain/digest.ts";
import { Item as ItemSchema } from "../domain/suite.ts";
import { UserError } from "../domain/text.ts";
import { unreadable } from "../files/text-file.ts";
import { createKeySet } from "../store/suites/key-set.ts";
import { type Finding, validate } from "../validation/issues.ts";
import { createMasker } from "./mask.ts";
import { createNearDuplicates } from "./near-duplicates.ts";
import { createPreview } from "./preview.ts";
import { createTally } from "./tally.ts";
import { createSuiteWriter } from "./writer.ts";

export type { Skipped } from "./tally.ts";

export type ImportOptions = {
  readonly importer: Importer;
  readonly path: string;
  /** A file or folder of the same format whose rows are examples for few-shot prompts. */
  readonly examples: string | null;
  readonly out: string;
  readonly suite: Omit<Suite, "tasks">;
  readonly settings: ImportSettings;
  readonly mask: boolean;
  /** Leaves out questions that were there before in almost the same words; holds every question. */
  readonly dedupe: boolean;
  /** Replaces the graders that come with the format. */
  readonly grader: GraderRef | null;
  readonly signal: AbortSignal;
  /** Asked once everything is read, before anything is in place; false: nothing is written. Absent: it is written. */
  readonly accept?: (summary: ImportSummary) => Promise<boolean>;
};

export type ImportSummary = {
  readonly files: number;
  readonly rows: number;
  readonly items: number;
  /** Rows that are examples for few-shot prompts. */
  readonly examples: number;
  readonly ungraded: number;
  /** Items of which a program checks some demands and only a judge the others. */
  readonly partly: number;
  readonly tasks: readonly { readonly task: TaskHead; readonly items: number }[];
  readonly skipped: readonly Skipped[];
  readonly masked: Readonly<Record<MaskKind, number>> | null;
  readonly preview: Preview;
  /** False where it was read and not accepted. */
  readonly written: boolean;
};

/**
 * Reads a file, or all files of a folder that the format knows, into a suite. Every row is counted and becomes at least
 * one item or a reason. Memory does not grow with the rows, apart from 16 bytes per id.
 * Rejects with a `UserError` where there is nothing to import; then nothing is written.
 */
export async function importSuite(options: ImportOptions): Promise<ImportSummary> {
  const { importer, path, out, suite, settings, signal } = options;
  const files = await filesOf(path, importer);
  const shots = options.examples === null ? [] : await filesOf(options.examples, importer);
  const isDev = (file: string): boolean => importer.isDev?.(file) === true;
  // Where there is nothing but examples, they are the questions.
  const sources = [
    ...files.map((file) => ({ file, dev: isDev(file) && !files.every(isDev) })),
    ...shots.map((file) => ({ file, dev: true })),
  ];
  await mkdir(dirname(out), { recursive: true });
  const writer = createSuiteWriter(out, suite);
  const tally = createTally();
  const masker = options.mask ? createMasker() : null;
  const seen = createKeySet();
  const near = options.dedupe ? createNearDuplicates() : null;
  const preview = createPreview();
  const add = async (
    { file, dev }: (typeof sources)[number],
    { row, place: own = String(row), outputs, again, notes = [] }: ImportedRow,
  ): Promise<void> => {
    if (again !== true) tally.row();
    preview.notes(notes);
    const place = sources.length > 1 ? `${file.slice(dirname(file).length + 1)}:${own}` : own;
    for (const output of outputs) {
      if ("skip" in output) {
        tally.skip(output, place);
        continue;
      }
      const { task, item, kind, doubts } = adapted(output, options.grader);
      // A published set is what it is; in one's own a question that stands twice is a mistake.
      const repeated = importer.source === null && !dev ? preview.repeats(output, place) : null;
      if (repeated !== null) {
        tally.skip(repeated, place);
        continue;
      }
      const first = near?.first(item.question ?? "", groupOf(task, item, dev), place) ?? null;
      if (first !== null && item.question !== undefined) {
        tally.skip({ skip: nearlySame, harmless: true }, `${place}≈${first}`);
        continue;
      }
      const bare = masker === null ? item : masker.mask(item);
      // Splits number their rows alike, and an item's namesake is never its example.
      const named = dev ? { ...bare, id: `dev-${bare.id}` } : bare;
      const unique = uniqueItem(task.id, named, seen);
      const read = validate(ItemSchema, unique);
      if (!read.ok) {
        tally.skip({ skip: invalid(read.findings[0]) }, place);
        continue;
      }
      if (dev && (unique.question === undefined || unique.answer === undefined)) {
        tally.skip({ skip: noExample }, place);
        continue;
      }
      if (dev) tally.example();
      else {
        tally.item(task.grader);
        preview.item(
          { task, item: read.value, ...(kind === undefined ? {} : { kind }), doubts: doubts ?? [] },
          place,
        );
      }
      await writer.add(task, read.value, dev);
    }
  };
  try {
    for (const source of sources) {
      for await (const row of importer.read(source.file, settings)) {
        signal.throwIfAborted();
        await add(source, row);
      }
    }
    const counts = tally.counts();
    if (counts.items + counts.examples === 0) throw nothing(path, counts);
    const known = {
      ...counts,
      files: sources.length,
      masked: masker?.counts() ?? null,
      preview: preview.found(),
    };
    const read = summaryOf(known, writer.tasks(), false);
    if (options.accept !== undefined && !(await options.accept(read))) {
      await writer.discard();
      return read;
    }
    return summaryOf(known, await writer.finish(), true);
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** Where there is nothing but examples, they are the items. */
function summaryOf(
  known: Omit<ImportSummary, "tasks" | "written">,
  tasks: readonly WrittenTask[],
  written: boolean,
): ImportSummary {
  const items = tasks.reduce((sum, task) => sum + task.items, 0);
  const examples = tasks.reduce((sum, task) => sum + task.examples, 0);
  return { ...known, items, examples, tasks, written };
}

async function filesOf(path: string, importer: Importer): Promise<readonly string[]> {
  const kind = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!kind.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  const found = names
    .filter((name) =>
      importer.matches.test(
        name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1),
      ),
    )
    .toSorted();
  if (found.length > 0) return found.map((name) => join(path, name));
  throw new UserError({
    zh: `${path}：没有 ${importer.id} 格式的文件`,
    en: `${path}: holds no file of the format ${importer.id}`,
  });
}

/** Two questions are one only where the same is asked of them, over the same passage and options. */
const groupOf = (task: TaskHead, { options, context, expect }: Item, dev: boolean): string =>
  dev
    ? "dev"
    : digestOf([task.expect ?? expect ?? null, options ?? null, context ?? null]).slice(0, 8);

const nearlySame: Text = {
  zh: "与前面的题几乎相同（去掉标点后五分之四的相邻字对一样）",
  en: "almost the same as an earlier question (four fifths of its pairs of letters)",
};

const noExample: Text = {
  zh: "没有单独的问题和答案，不能作示例",
  en: "without a question and an answer of its own it cannot be an example",
};

/** The grader that the user chose grades every task. */
function adapted(output: ImportedItem, grader: GraderRef | null): ImportedItem {
  if (grader === null) return output;
  const { grader: _, ...item } = output.item;
  return { ...output, task: { ...output.task, grader }, item };
}

/** An id that already exists in its task gets a number. */
function uniqueItem(task: string, item: Item, seen: ReturnType<typeof createKeySet>): Item {
  let id = item.id;
  for (let count = 2; seen.has(`${task}/${id}`); count += 1) id = `${item.id}-${count}`;
  seen.add(`${task}/${id}`);
  return id === item.id ? item : { ...item, id };
}

function invalid(finding: Finding | undefined): Text {
  const { path = [], message } = finding ?? {};
  const at = path.map(String).join(".");
  return {
    zh: `不是有效的题目：${at} ${message?.zh ?? ""}`,
    en: `not a valid item: ${at} ${message?.en ?? ""}`,
  };
}

function nothing(
  path: string,
  { rows, skipped }: { rows: number; skipped: readonly Skipped[] },
): UserError {
  const [first] = skipped;
  const why =
    first === undefined
      ? { zh: "", en: "" }
      : {
          zh: `；${first.reason.zh}（${first.count} 行，如第 ${first.rows[0] ?? "?"} 行）`,
          en: `; ${first.reason.en} (${first.count} rows, such as ${first.rows[0] ?? "?"})`,
        };
  return new UserError({
    zh: `${path}：读了 ${rows} 行，没有一行能导入${why.zh}`,
    en: `${path}: read ${rows} rows, none of which could be imported${why.en}`,
  });
}
