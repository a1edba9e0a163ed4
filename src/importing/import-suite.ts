import { readdir, stat } from "node:fs/promises";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { GraderRef, Item, Suite } from "../domain/suite.ts";
import type { Text } from "../domain/text.ts";
import type { ImportedRow, Importer, ImportSettings, TaskHead } from "./importer.ts";
import type { MaskKind } from "./mask.ts";

import { digestOf } from "../domain/digest.ts";
import { memberOf } from "../domain/json.ts";
import { Item as ItemSchema } from "../domain/suite.ts";
import { UserError } from "../domain/text.ts";
import { unreadable } from "../files/text-file.ts";
import { createKeySet } from "../store/suites/key-set.ts";
import { type Finding, validate } from "../validation/issues.ts";
import { listField } from "./fields.ts";
import { createMasker } from "./mask.ts";
import { createNearDuplicates } from "./near-duplicates.ts";
import { createSuiteWriter } from "./writer.ts";

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
};

/** Rows that were left out for the same reason: how many, and the first of them. */
export type Skipped = {
  readonly reason: Text;
  readonly count: number;
  readonly rows: readonly string[];
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
};

/** How many rows are listed for each reason. */
const namedRows = 10;

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
  const add = async (
    { file, dev }: (typeof sources)[number],
    { row, outputs, again }: ImportedRow,
  ): Promise<void> => {
    if (again !== true) tally.row();
    const place =
      sources.length > 1 ? `${file.slice(dirname(file).length + 1)}:${row}` : String(row);
    for (const output of outputs) {
      if ("skip" in output) {
        tally.skip(output.skip, place);
        continue;
      }
      const { task, item } = adapted(output, options.grader);
      const first = near?.first(item.question ?? "", groupOf(task, item, dev), place) ?? null;
      if (first !== null && item.question !== undefined) {
        tally.skip(nearlySame, `${place}≈${first}`);
        continue;
      }
      const bare = masker === null ? item : masker.mask(item);
      // Splits number their rows alike, and an item's namesake is never its example.
      const named = dev ? { ...bare, id: `dev-${bare.id}` } : bare;
      const unique = uniqueItem(task.id, named, seen);
      const read = validate(ItemSchema, unique);
      if (!read.ok) {
        tally.skip(invalid(read.findings[0]), place);
        continue;
      }
      if (dev && (unique.question === undefined || unique.answer === undefined)) {
        tally.skip(noExample, place);
        continue;
      }
      if (dev) tally.example();
      else tally.item(task.grader);
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
    const tasks = await writer.finish();
    const items = tasks.reduce((sum, task) => sum + task.items, 0);
    const examples = tasks.reduce((sum, task) => sum + task.examples, 0);
    return {
      ...counts,
      items,
      examples,
      files: sources.length,
      tasks,
      masked: masker?.counts() ?? null,
    };
  } catch (error) {
    await writer.discard();
    throw error;
  }
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

function createTally() {
  let rows = 0;
  let items = 0;
  let examples = 0;
  let ungraded = 0;
  let partly = 0;
  const reasons = new Map<
    string,
    { readonly reason: Text; count: number; readonly rows: string[] }
  >();
  return {
    row: (): void => {
      rows += 1;
    },
    item: ({ use, with: options }: GraderRef): void => {
      items += 1;
      if (use === "open") ungraded += 1;
      else if (use === "all" && listField(options, "checks").some(isOpenCheck)) partly += 1;
    },
    example: (): void => {
      examples += 1;
    },
    skip: (reason: Text, place: string): void => {
      const known = reasons.get(reason.en) ?? { reason, count: 0, rows: [] };
      known.count += 1;
      if (known.rows.length < namedRows) known.rows.push(place);
      reasons.set(reason.en, known);
    },
    counts: () => ({
      rows,
      items,
      examples,
      ungraded,
      partly,
      skipped: [...reasons.values()].toSorted((a, b) => b.count - a.count),
    }),
  };
}

const isOpenCheck = (check: unknown): boolean => memberOf(check, "use") === "open";

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

type Imported = { readonly task: TaskHead; readonly item: Item };

/** The grader that the user chose grades every task. */
const adapted = ({ task, item }: Imported, grader: GraderRef | null): Imported =>
  grader === null ? { task, item } : { task: { ...task, grader }, item };

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
