import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Grade, GradeContext, Grader } from "../../domain/grader.ts";
import type { JudgeCall, Panel } from "../../domain/judging.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Problem } from "../../domain/text.ts";
import type { Context } from "../context.ts";

import { digestOf } from "../../domain/digest.ts";
import { UserError } from "../../domain/text.ts";
import { openFile } from "../../files/jsonl.ts";
import { eachLine } from "../../files/lines.ts";
import { problemError, unreadable } from "../../files/text-file.ts";
import {
  dimensionOf,
  goldOfJudgeRow,
  humanValue,
  JudgeRow,
} from "../../grading/calibration/judge-row.ts";
import { recordedBallot } from "../../grading/calibration/recorded.ts";
import { gradeSample } from "../../grading/grade.ts";
import { combinedValues } from "../../grading/judge/combine.ts";
import { boundsOf } from "../../grading/judge/marks.ts";
import { JudgeOptions } from "../../grading/judge/options.ts";
import {
  type JudgedRow,
  judgeReportText,
  judgeSummary,
} from "../../report/calibration/judge-text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { readConfig } from "../../store/config.ts";
import { openGraders } from "../../store/graders.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { parseRow } from "../../store/suites/rows.ts";
import { parseOptions } from "../../validation/issues.ts";
import { type JudgePool, openJudgePool } from "./judge-pool.ts";

/** The options of `baimo calibrate` that matter for judges. */
type CalibrateOptions = {
  readonly out: string | null;
  readonly json: boolean;
  readonly replay: string | null;
  readonly config: string | null;
};

type JudgeWith = NonNullable<GraderRef["with"]>;

/**
 * Measures a judge against people. Verdicts come from the rows themselves where they are recorded there, else from the
 * run file of `--replay`, else from the judges of the config. Exit 0, 3 where nothing could be graded, 130 when
 * interrupted.
 */
export async function calibrateJudge(
  named: string,
  grader: Grader,
  given: JudgeWith,
  { out, json, ...sources }: CalibrateOptions,
  context: Context,
): Promise<number> {
  const options = parseOptions(
    { zh: "评分器", en: "grader" },
    { id: grader.id, options: JudgeOptions },
    given,
  );
  const rows = await readRows(resolve(context.cwd, named), named);
  const ask = rows.some(({ recorded }) => recorded === undefined);
  const source = ask ? await openSource(given, sources, context) : null;
  try {
    const judged = await context.finishing(() => gradeAll(rows, grader, options, source));
    const high = options.mode === "marks" ? boundsOf[options.scale].high : 1;
    const low = options.mode === "marks" ? boundsOf[options.scale].low : 0;
    const summary = judgeSummary(judged, { low, high, half: options.mode === "pair" });
    if (out !== null) await writeFile(resolve(context.cwd, out), judged.map(recordLine).join(""));
    context.print(json ? jsonText(summary) : judgeReportText(summary, context.lang));
    if (context.stopping.aborted) return 130;
    return summary.graded === 0 ? 3 : 0;
  } finally {
    await source?.close();
  }
}

async function readRows(file: string, shown: string): Promise<readonly JudgeRow[]> {
  const handle = await openFile(file).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  const rows: JudgeRow[] = [];
  const problems: Problem[] = [];
  try {
    for await (const { bytes, line } of eachLine(handle, { shown })) {
      const read = parseRow(bytes, JudgeRow, { file: shown, line });
      if (read.ok) rows.push(read.value);
      else problems.push(...read.problems);
    }
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  if (rows.length === 0) {
    throw new UserError({ zh: `${shown} 里没有任何行`, en: `${shown} holds no rows` });
  }
  return rows;
}

/** Where verdicts come from that are not recorded in the rows. */
type Source = {
  readonly context: GradeContext;
  readonly atOnce: number;
  readonly close: () => Promise<void>;
};

async function openSource(
  given: JudgeWith,
  { replay, config: named }: Pick<CalibrateOptions, "replay" | "config">,
  context: Context,
): Promise<Source> {
  if (replay !== null) return replaySource(resolve(context.cwd, replay));
  const config = await readConfig(context.cwd, named);
  const refs = [{ use: "judge", with: given }];
  const setup = { refs, config, graders: openGraders(config), run: null };
  const pool = await openJudgePool(setup, { maxCost: null, allowUnknownPrice: false }, context);
  if (pool === null) throw noJudge;
  return liveSource(pool);
}

function liveSource({ judging, judges, atOnce, close }: JudgePool): Source {
  const panel = (name: string): Panel | null => {
    const found = judging.panels.get(name);
    return found === undefined
      ? null
      : { ...found, judges: found.judges.map((ref) => ({ ref, kin: false })) };
  };
  const ask: GradeContext["ask"] = (judge, prompt, how = { vote: 1, temperature: 0 }) => {
    const messages =
      typeof prompt === "string" ? [{ role: "user", text: prompt } as const] : prompt;
    return judges.ask(judge, messages, how, () => undefined);
  };
  return { context: { ask, panel }, atOnce, close };
}

/** Replays the answers of judges from a run file, looked up by prompt; votes on one prompt keep their order. */
async function replaySource(file: string): Promise<Source> {
  const replies = new Map<string, string[]>();
  const judges = new Set<string>();
  const take = ({ judge, prompt_digest, text }: JudgeCall): void => {
    if (judge === undefined || prompt_digest === undefined) return;
    judges.add(judge);
    const key = `${judge} ${prompt_digest}`;
    replies.set(key, [...(replies.get(key) ?? []), text]);
  };
  await scanRun(file, (line) => {
    if (line.kind === "score") line.judge_calls?.forEach(take);
  });
  const ask: GradeContext["ask"] = (judge, prompt, how = { vote: 1, temperature: 0 }) => {
    const messages =
      typeof prompt === "string" ? [{ role: "user", text: prompt } as const] : prompt;
    const said = replies.get(`${judge} ${digestOf(messages)}`) ?? [];
    const text = said[Math.min(how.vote, said.length) - 1];
    return text === undefined
      ? Promise.reject(new Error("not in the recorded run"))
      : Promise.resolve(text);
  };
  const panel = (): Panel => ({ judges: [...judges].map((ref) => ({ ref, kin: false })) });
  return { context: { ask, panel }, atOnce: 1, close: () => Promise.resolve() };
}

async function gradeAll(
  rows: readonly JudgeRow[],
  grader: Grader,
  options: JudgeOptions,
  source: Source | null,
): Promise<readonly JudgedRow[]> {
  const judged: JudgedRow[] = [];
  const step = source?.atOnce ?? 1;
  for (let from = 0; from < rows.length; from += step) {
    const part = rows.slice(from, from + step);
    judged.push(...(await Promise.all(part.map((row) => judgeRow(row, grader, options, source)))));
  }
  return judged;
}

async function judgeRow(
  row: JudgeRow,
  grader: Grader,
  options: JudgeOptions,
  source: Source | null,
): Promise<JudgedRow> {
  const high = options.mode === "marks" ? boundsOf[options.scale].high : 1;
  const grade =
    row.recorded === undefined
      ? await askFor(row, grader, options, source)
      : gradeRecorded(row.recorded, options);
  return { row, grade, dimension: dimensionOf(row), person: humanValue(row, high) };
}

function askFor(
  row: JudgeRow,
  grader: Grader,
  options: JudgeOptions,
  source: Source | null,
): Promise<Grade> {
  const { baseline } = row;
  const other = typeof baseline === "string" ? [baseline] : null;
  const context = { ...source?.context, baseline: () => Promise.resolve(other) };
  const sample = { gold: goldOfJudgeRow(row), reply: row.response, finish_reason: null };
  return gradeSample(grader, options, sample, context);
}

function gradeRecorded(recorded: NonNullable<JudgeRow["recorded"]>, options: JudgeOptions): Grade {
  const bounds = options.mode === "marks" ? boundsOf[options.scale] : { low: 0, high: 1 };
  const ballots = recorded.map((each, index) => recordedBallot(each, index + 1, bounds));
  return combinedValues(ballots, options);
}

const recordLine = ({ row, grade, person }: JudgedRow): string =>
  `${JSON.stringify({
    ...row,
    person,
    value: grade.value,
    why: grade.why,
    recorded:
      row.recorded ??
      grade.ballots?.map(({ judge, marks, value, invalid }) => ({
        judge,
        ...(marks === undefined ? {} : { marks }),
        ...(marks === undefined && value !== null ? { mark: value } : {}),
        ...(invalid === null ? {} : { text: invalid }),
      })),
  })}\n`;

const noJudge = new UserError({
  zh: "没有裁判可问：请在 baimo.yaml 里写 judges: {default: [服务商/模型]}，或用 --replay 给出已有裁判记录的运行文件，或在各行里写 recorded",
  en: "there is no judge to ask: write judges: {default: [provider/model]} in baimo.yaml, name a run file that holds judge calls with --replay, or give each row a recorded verdict",
});
