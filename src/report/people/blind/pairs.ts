import type { RunLine, TargetEntry } from "../../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine } from "../../../domain/run-file/lines.ts";

import { digestOf } from "../../../domain/digest.ts";
import { isGraded } from "../../../domain/outcome.ts";
import { UserError } from "../../../domain/text.ts";
import { scanRun } from "../../../store/runs/reader.ts";
import { openRunLines } from "../../../store/runs/run-lines.ts";

/** One side of a comparison: a target of a run file. */
export type SideName = { readonly file: string; readonly target: string };

/** Two answers to the same prompt. */
export type Pair = {
  readonly item: ItemLine;
  readonly a: AnswerLine;
  readonly b: AnswerLine;
};

export type Pairs = {
  readonly sides: { readonly a: SideFacts; readonly b: SideFacts };
  readonly pairs: readonly Pair[];
  /** Pairs in which one side answered without words. */
  readonly wordless: number;
  /** Items that both were asked with different prompts. */
  readonly different: number;
  /** Items that only one side was asked. */
  readonly single: number;
};

type SideFacts = SideName & { readonly run: RunLine; readonly entry: TargetEntry };

/** What a run file holds, by the bytes at which its lines start. */
type Scan = {
  readonly run: RunLine;
  readonly items: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Found>>;
};
type Found = { readonly at: number; readonly ask: string; readonly worded: boolean };

/** Answers of two sides to the same item, wording and trial, with equal prompts. Rejects with a UserError. */
export async function readPairs(
  a: SideName,
  b: SideName,
  wanted: ReadonlySet<string> | null = null,
): Promise<Pairs> {
  const scanA = await scan(a.file);
  const scanB = a.file === b.file ? scanA : await scan(b.file);
  const answersA = answersOf(scanA, a);
  const answersB = answersOf(scanB, b);
  const [linesA, linesB] = [await openRunLines(a.file), await openRunLines(b.file)];
  const pairs: Pair[] = [];
  let [wordless, different, common] = [0, 0, 0];
  try {
    for (const [name, one] of answersA) {
      const other = answersB.get(name);
      if (other === undefined) continue;
      common += 1;
      if (one.ask !== other.ask) different += 1;
      else if (!one.worded || !other.worded) wordless += 1;
      else {
        const first = (await linesA.at(one.at)) as AnswerLine;
        if (wanted !== null && !wanted.has(first.key)) continue;
        const item = (await linesA.at(scanA.items.get(first.item) ?? 0)) as ItemLine;
        pairs.push({ item, a: first, b: (await linesB.at(other.at)) as AnswerLine });
      }
    }
  } finally {
    await linesA.close();
    await linesB.close();
  }
  const sides = { a: sideOf(scanA, a), b: sideOf(scanB, b) };
  const single = answersA.size + answersB.size - 2 * common;
  return { sides, pairs, wordless, different, single };
}

/** Targets of a run file that a person may compare: baselines call no model and have nothing to read. */
export async function comparableTargets(file: string): Promise<readonly string[]> {
  const { run, answers } = await scan(file);
  return run.targets.flatMap(({ ref, baseline }) => (!baseline && answers.has(ref) ? [ref] : []));
}

async function scan(file: string): Promise<Scan> {
  let run: RunLine | null = null;
  const items = new Map<string, number>();
  const answers = new Map<string, Map<string, Found>>();
  await scanRun(file, (line, at) => {
    if (line.kind === "run") run ??= line;
    if (line.kind === "item") items.set(line.item, at);
    if (line.kind !== "answer") return;
    const own = answers.get(line.target) ?? new Map<string, Found>();
    answers.set(line.target, own);
    const name = digestOf([line.item, line.wording, line.trial]);
    own.set(name, { at, ask: line.ask_digest, worded: isGraded(line.outcome) });
  });
  if (run === null) throw new Error("a run file begins with its header");
  return { run, items, answers };
}

function answersOf({ answers }: Scan, { file, target }: SideName): ReadonlyMap<string, Found> {
  const found = answers.get(target);
  if (found !== undefined) return found;
  const known = [...answers.keys()];
  throw new UserError({
    zh: `${file} 里没有目标 ${target}；有：${known.join("、")}`,
    en: `${file} holds no target ${target}; it has: ${known.join(", ")}`,
  });
}

function sideOf({ run }: Scan, name: SideName): SideFacts {
  const entry = run.targets.find(({ ref }) => ref === name.target);
  if (entry === undefined) throw new Error(`the header of ${name.file} lacks ${name.target}`);
  return { ...name, run, entry };
}
