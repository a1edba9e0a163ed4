import { resolve } from "node:path";

import type { Grade, Grader } from "../../domain/grader.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Problem } from "../../domain/text.ts";
import type { GradedRow } from "../../report/calibration/grader-report.ts";

import { UserError } from "../../domain/text.ts";
import { openFile } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { problemError, unreadable } from "../../files/text-file.ts";
import { goldOfRow, GraderRow } from "../../grading/calibration/row.ts";
import { gradeSample } from "../../grading/grade.ts";
import {
  graderIds,
  loadGrader,
  loadGraderFile,
  parseGraderOptions,
} from "../../grading/graders.ts";
import { parseRow } from "../../store/suites/rows.ts";
import { unknownName } from "../../validation/suggest.ts";

type With = NonNullable<GraderRef["with"]>;

/** A grader with the options that hold where a row has none of its own. */
export type NamedGrader = { readonly grader: Grader; readonly with: With };

/** The grader of this id or in this file. Throws a UserError where there is none. */
export async function graderNamed(name: string, cwd: string): Promise<Grader> {
  if (/[/\\]|\.[cm]?[jt]s$/.test(name)) return loadGraderFile(resolve(cwd, name));
  const grader = await loadGrader(name);
  if (grader !== null) return grader;
  throw new UserError(unknownName({ zh: "评分器", en: "grader" }, name, graderIds()));
}

/**
 * Grades the rows of a labelled file: with the named grader those that name it or none, else each with the one that it
 * names. Rejects with a UserError for a file without such rows or with rows that cannot be read.
 */
export async function gradeLabelled(
  { file, shown }: { readonly file: string; readonly shown: string },
  named: NamedGrader | null,
  cwd: string,
): Promise<readonly GradedRow[]> {
  const grade = rowGrader(named, cwd, shown);
  const questions = new Map<string, number>();
  const graded: GradedRow[] = [];
  const problems: Problem[] = [];
  let read = 0;
  const handle = await openFile(file).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  try {
    for await (const { bytes, line } of eachLine(handle, { shown })) {
      read += 1;
      const parsed = parseRow(bytes, GraderRow, { file: shown, line });
      if (!parsed.ok) problems.push(...parsed.problems);
      if (!parsed.ok || problems.length > 0) continue;
      const row = parsed.value;
      const found = await grade(row, line);
      if (found === null) continue;
      const expect = row.expect == null ? null : String(row.expect);
      const cluster = clusterOf(questions, row, line);
      graded.push({ ...found, row, line, label: row.label, expect, cluster });
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(shown, error);
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  if (read === 0) throw noRows(shown);
  if (graded.length === 0) throw noneOf(shown, named?.grader.id ?? "");
  return graded;
}

/** Rows with one question are one cluster; a row without a question is its own. */
function clusterOf(questions: Map<string, number>, { question }: GraderRow, line: number): number {
  const key = question == null || question === "" ? `line ${line}` : `question ${question}`;
  const cluster = questions.get(key) ?? questions.size;
  questions.set(key, cluster);
  return cluster;
}

type Found = {
  readonly grader: string;
  readonly grade: Grade;
  readonly reads_expect: boolean;
};

/** Grades a row, or gives null for a row of another grader. */
function rowGrader(named: NamedGrader | null, cwd: string, shown: string) {
  const ready = new Map<string, { readonly grader: Grader; readonly options: unknown }>();
  const open = async (id: string, own: With | null) => {
    const key = JSON.stringify([id, own]);
    const known = ready.get(key);
    if (known !== undefined) return known;
    const grader = named?.grader ?? (await graderNamed(id, cwd));
    if (grader.id === "judge") throw judgeRows(shown);
    const options = parseGraderOptions(grader, own ?? named?.with ?? {});
    ready.set(key, { grader, options });
    return { grader, options };
  };
  return async (row: GraderRow, line: number): Promise<Found | null> => {
    if (named !== null && row.grader != null && row.grader !== named.grader.id) return null;
    const id = named?.grader.id ?? row.grader ?? null;
    if (id === null) throw noGrader(shown, line);
    const { grader, options } = await open(id, row.with ?? null);
    const grade = await gradeRow(row, grader, options);
    const expected = row.expect == null || row.expect === "" ? null : row.expect;
    const asGold = { ...row, answer: expected, aliases: null };
    const reads_expect =
      expected !== null && (await gradeRow(asGold, grader, options)).verdict === "right";
    return { grader: id, grade, reads_expect };
  };
}

/** If the grader cannot use the gold, the row is unresolved, whatever the reply says. */
async function gradeRow(row: GraderRow, grader: Grader, options: unknown): Promise<Grade> {
  const gold = goldOfRow(row);
  const [problem] = await grader.check(gold, options);
  if (problem !== undefined) {
    const why = `bad gold: ${problem.message.en}`;
    return { verdict: "unresolved", value: 0, extracted: null, why };
  }
  return gradeSample(grader, options, { gold, reply: row.response, finish_reason: null });
}

const noGrader = (file: string, line: number): UserError =>
  new UserError({
    zh: `请用 --grader 指定要检验的评分器：${file} 第 ${line} 行没有写 grader`,
    en: `Name the grader to measure with --grader: ${file}:${line} names none`,
  });
const judgeRows = (file: string): UserError =>
  new UserError({
    zh: `${file} 里有裁判（judge）的行，请另行检验：baimo calibrate ${file} --grader judge`,
    en: `${file} holds rows for judges, which are measured apart: baimo calibrate ${file} --grader judge`,
  });
const noRows = (file: string): UserError =>
  new UserError({ zh: `${file} 里没有任何行`, en: `${file} holds no rows` });
const noneOf = (file: string, grader: string): UserError =>
  new UserError({
    zh: `${file} 里没有评分器 ${grader} 的行（各行的 grader 字段写的是别的评分器）`,
    en: `${file} holds no rows for the grader ${grader}: its rows name others in their field grader`,
  });
