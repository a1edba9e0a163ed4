import { basename, resolve } from "node:path";

import type { Grade, Grader } from "../../domain/grader.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Lang } from "../../domain/text.ts";
import type { JudgedRow } from "../../report/calibration/judge-summary.ts";
import type { Context } from "../context.ts";

import { digestOf } from "../../domain/digest.ts";
import { goldOfJudgeRow, humanValue } from "../../grading/calibration/judge-row.ts";
import { recordedBallot } from "../../grading/calibration/recorded.ts";
import { gradeSample } from "../../grading/grade.ts";
import { combinedValues } from "../../grading/judge/combine.ts";
import { isAbort } from "../../grading/judge/context.ts";
import { boundsOf } from "../../grading/judge/marks.ts";
import { JudgeOptions } from "../../grading/judge/options.ts";
import { judgeSummary } from "../../report/calibration/judge-summary.ts";
import { judgeReportText } from "../../report/calibration/judge-text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { parseOptions } from "../../validation/issues.ts";
import { type BenchFile, openBenchFile } from "./bench-file.ts";
import { type KeyedRow, readJudgeRows } from "./judge-rows.ts";
import { type JudgeSource, type JudgeSourceOptions, openJudgeSource } from "./judge-source.ts";

export type JudgeBenchOptions = JudgeSourceOptions & {
  readonly out: string | null;
  readonly json: boolean;
  /** Times that each row is judged. */
  readonly repeat: number;
  /** Rows with a reference answer are judged once more without it. */
  readonly withoutReference: boolean;
};

/**
 * Measures a judge against people. Verdicts come from the rows themselves where they are recorded there, else from the run
 * file of `--replay`, else from the judges of the config; those are written down call by call, and calls that the file
 * already holds are not made again. Exit 0, 3 where nothing could be graded or the money was used up, 130 when interrupted.
 */
export function benchJudge(
  named: string,
  grader: Grader,
  given: NonNullable<GraderRef["with"]>,
  bench: JudgeBenchOptions,
  context: Context,
): Promise<number> {
  return context.finishing(async () => {
    const options = parseOptions(
      { zh: "评分器", en: "grader" },
      { id: grader.id, options: JudgeOptions },
      // What an answer is compared with stands in its row.
      given["mode"] === "pair" ? { baseline: { target: "row/baseline" }, ...given } : given,
    );
    const rows = await readJudgeRows(resolve(context.cwd, named), named, options);
    const isAsked = rows.some(({ row }) => row.recorded === undefined);
    const source = isAsked ? await openJudgeSource(given, bench, context) : null;
    try {
      return await judgeAndReport({ named, rows, grader, options, bench, source }, context);
    } finally {
      await source?.close();
    }
  });
}

type Bench = {
  readonly named: string;
  readonly rows: readonly KeyedRow[];
  readonly grader: Grader;
  readonly options: JudgeOptions;
  readonly bench: JudgeBenchOptions;
  readonly source: JudgeSource | null;
};

async function judgeAndReport(work: Bench, context: Context): Promise<number> {
  const { bench, options, rows, source } = work;
  const { lang, print, warn, stopping } = context;
  const start = startOf(work);
  const out = bench.out ?? (source?.isLive === true ? defaultOut(work, start.digest) : null);
  const file = out === null ? null : await openBenchFile(resolve(context.cwd, out), out, start);
  let judged: readonly JudgedRow[];
  try {
    judged = await judgeAll(work, file, stopping);
  } finally {
    await source?.settled();
    await file?.close();
  }
  const summary = judgeSummary(judged, markingOf(options));
  const cost = source?.isLive === true ? source.cost() : null;
  print(bench.json ? jsonText({ ...summary, cost }) : judgeReportText(summary, cost, lang));
  const open = rows.length - judged.length;
  if (out !== null && (open > 0 || bench.out === null)) {
    warn(endText(out, open, source?.isSpent() === true, lang));
  }
  if (stopping.aborted) return 130;
  return summary.graded === 0 || open > 0 ? 3 : 0;
}

const startOf = ({ grader, options, source }: Bench) => {
  const { id, version } = grader;
  const judges = source?.judges ?? [];
  const digest = digestOf([id, version, options, judges, source?.stamp ?? null]);
  return { digest: digest.slice(0, 16), grader: { id, version }, with: options, judges };
};

/** The same command finds the same file again. */
const defaultOut = ({ named }: Bench, digest: string): string =>
  `${basename(named).replace(/\.[^.]+$/, "")}.${digest.slice(0, 8)}.judged.jsonl`;

const markingOf = ({ mode, scale }: JudgeOptions) => ({
  low: mode === "marks" ? boundsOf[scale].low : 0,
  high: mode === "marks" ? boundsOf[scale].high : 1,
  half: mode === "pair",
});

type Pass = { readonly name: string; readonly votesFrom: number; readonly isBare: boolean };

/** Seeds of one vote number are the same in every run, so a repeated vote takes a number of its own. */
const votesApart = 100;

function passesOf({ row }: KeyedRow, bench: JudgeBenchOptions, options: JudgeOptions) {
  const base: Pass = { name: "base", votesFrom: 0, isBare: false };
  if (row.recorded !== undefined) return { base, repeats: [], bare: null };
  const repeats = Array.from({ length: bench.repeat - 1 }, (_, index): Pass => {
    const time = index + 2;
    return { name: `repeat ${time}`, votesFrom: votesApart * (time - 1), isBare: false };
  });
  const gold = goldOfJudgeRow(row);
  const hasReference = gold.reference !== null || gold.answer !== null || gold.answers !== null;
  const wanted = bench.withoutReference && hasReference && options.reference === "use";
  return { base, repeats, bare: wanted ? { ...base, name: "no reference", isBare: true } : null };
}

/** Judges the rows in their order, several at a time. Those that an interruption left open are not in the result. */
async function judgeAll(
  work: Bench,
  file: BenchFile | null,
  stopping: AbortSignal,
): Promise<readonly JudgedRow[]> {
  const { rows, source } = work;
  const judged: (JudgedRow | null)[] = rows.map(() => null);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < rows.length && !stopping.aborted && source?.isSpent() !== true) {
      file?.check();
      const at = next;
      next += 1;
      const keyed = rows[at];
      if (keyed !== undefined) judged[at] = await judgeRow(keyed, work, file);
    }
  };
  await Promise.all(Array.from({ length: source?.atOnce ?? 1 }, worker));
  return judged.filter((each) => each !== null);
}

/** Null where the run stopped before the row's own verdict; what came later may be missing. */
async function judgeRow(
  keyed: KeyedRow,
  work: Bench,
  file: BenchFile | null,
): Promise<JudgedRow | null> {
  const { base, repeats, bare } = passesOf(keyed, work.bench, work.options);
  const sit = (pass: Pass): Promise<Grade | null> =>
    sitting(keyed, pass, work, file).catch((error: unknown) => {
      if (isAbort(error)) return null;
      throw error;
    });
  const grade = await sit(base);
  if (grade === null) return null;
  const again: Grade[] = [];
  for (const pass of repeats) {
    const found = await sit(pass);
    if (found === null) return null;
    again.push(found);
  }
  const withoutReference = bare === null ? null : await sit(bare);
  if (bare !== null && withoutReference === null) return null;
  return { row: keyed.row, grade, repeats: again, withoutReference };
}

async function sitting(
  keyed: KeyedRow,
  pass: Pass,
  { grader, options, source }: Bench,
  file: BenchFile | null,
): Promise<Grade> {
  const { row, key } = keyed;
  const { baseline, recorded } = row;
  const { low, high } = markingOf(options);
  const grade =
    recorded === undefined
      ? await gradeSample(
          grader,
          pass.isBare ? { ...options, reference: "ignore" } : options,
          { gold: goldOfJudgeRow(row), reply: row.response, finish_reason: null },
          {
            ...source?.context({ row_key: key, pass: pass.name, votesFrom: pass.votesFrom }, file),
            baseline: () => Promise.resolve(typeof baseline === "string" ? [baseline] : null),
          },
        )
      : combinedValues(
          recorded.map((each, index) => recordedBallot(each, index + 1, { low, high })),
          options,
        );
  file?.verdict(verdictLine(keyed, pass, grade, high));
  return grade;
}

/** The row with its verdict, which can be read as a row again. */
const verdictLine = ({ key, row }: KeyedRow, pass: Pass, grade: Grade, high: number) => ({
  ...row,
  row_key: key,
  pass: pass.name,
  person: humanValue(row, high),
  value: grade.value,
  verdict: grade.verdict,
  why: grade.why,
  ...(grade.notes === undefined ? {} : { notes: grade.notes }),
  recorded:
    row.recorded ??
    grade.ballots?.map(({ judge, marks, value, orders, reason, invalid }) => ({
      judge,
      ...(marks === undefined ? {} : { marks }),
      ...(value === null ? {} : { mark: value * high }),
      ...(orders === undefined ? {} : { orders }),
      ...(reason === null ? {} : { reason }),
      ...(invalid === null ? {} : { text: invalid }),
    })),
});

function endText(out: string, open: number, isSpent: boolean, lang: Lang): string {
  if (open === 0) return { zh: `判定写在 ${out}。`, en: `Verdicts are in ${out}.` }[lang];
  return {
    zh: `${isSpent ? "钱已用完" : "已中断"}，还有 ${open} 条没有评完；已付的调用都在 ${out}，再次运行同一命令接着评，不会重复付费。`,
    en: `${isSpent ? "The money is used up" : "Interrupted"}, ${open} rows are left; every call that was paid is in ${out}, and the same command goes on without paying twice.`,
  }[lang];
}
