import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Grade, Grader } from "../../domain/grader.ts";
import type { Lang, Problem } from "../../domain/text.ts";
import type { LabelAgreement, LabelledGrade, Kind } from "../../grading/calibration/agreement.ts";

import { UserError } from "../../domain/text.ts";
import { eachLine, openFile } from "../../files/jsonl.ts";
import { problemError, unreadable } from "../../files/text-file.ts";
import { agreementOf, kindOf } from "../../grading/calibration/agreement.ts";
import { goldOfRow, LabelledRow } from "../../grading/calibration/row.ts";
import { gradeSample } from "../../grading/grade.ts";
import {
  graderIds,
  loadGrader,
  loadGraderFile,
  parseGraderOptions,
} from "../../grading/graders.ts";
import { jsonText } from "../../report/render/plain.ts";
import { parseRow } from "../../store/suites/rows.ts";
import { nearest } from "../../text/edit-distance.ts";
import { calibrateJudge } from "../calibrate/judge.ts";
import { defineCommand, flag, number, text } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 however well the grader agrees: a threshold is the reader's to set. */
export const command = defineCommand({
  usage: "LABELLED.jsonl --grader choice [--with '{…}'] [--replay RUN] [--json] [-o f]",
  options: {
    grader: text({
      zh: "评分器 id，或自家评分器文件",
      en: "id of a grader, or an in-house grader file",
    }),
    with: shared.with,
    json: flag({ zh: "只输出 JSON 汇总", en: "print the summary as JSON only" }),
    out: {
      ...text({
        zh: "把不一致的各行写入文件（JSONL）",
        en: "write the disagreements to a file (JSONL)",
      }),
      short: "o",
    },
    replay: text({
      zh: "裁判的判定取自这个运行文件，不调用模型（--grader judge）",
      en: "take the judges' verdicts from this run file, no call (--grader judge)",
    }),
    config: shared.judgeConfig,
    limit: number(
      {
        zh: "屏幕上最多列出多少条不一致，默认全部",
        en: "disagreements to list at most; all unless said",
      },
      { whole: true, least: 0 },
      Number.POSITIVE_INFINITY,
    ),
  },
  run: async ({ with: given, positionals, ...options }, context) => {
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw oneFile;
    const grader = await graderNamed(options.grader, context.cwd);
    const graderOptions = parseGraderOptions(grader, given ?? {});
    if (grader.id === "judge") return calibrateJudge(named, grader, given ?? {}, options, context);
    const results = await gradeRows(resolve(context.cwd, named), named, grader, graderOptions);
    const agreement = agreementOf(results);
    const differing = results.filter((result) => kindOf(result) !== "agree");
    if (options.out !== null) {
      await writeFile(resolve(context.cwd, options.out), differing.map(disagreementLine).join(""));
    }
    context.print(
      options.json
        ? jsonText(agreement)
        : report(agreement, results, differing, options.limit, context.lang),
    );
    return 0;
  },
});

type Result = LabelledGrade & { readonly row: LabelledRow; readonly line: number };

async function graderNamed(name: string | null, cwd: string): Promise<Grader> {
  if (name === null) throw noGrader;
  if (/[/\\]|\.[cm]?[jt]s$/.test(name)) return loadGraderFile(resolve(cwd, name));
  const grader = await loadGrader(name);
  if (grader !== null) return grader;
  const near = nearest(name, graderIds());
  const ids = graderIds().join("、");
  throw new UserError({
    zh: `没有名为 ${name} 的评分器${near === null ? "" : `，是不是 ${near}？`}（现有：${ids}）`,
    en: `there is no grader ${name}${near === null ? "" : `; did you mean ${near}?`} (there are: ${ids})`,
  });
}

async function gradeRows(
  file: string,
  shown: string,
  grader: Grader,
  options: unknown,
): Promise<readonly Result[]> {
  const handle = await openFile(file).catch((error: unknown) => {
    throw unreadable(shown, error);
  });
  const results: Result[] = [];
  const problems: Problem[] = [];
  try {
    for await (const { bytes, line } of eachLine(handle)) {
      const read = parseRow(bytes, LabelledRow, { file: shown, line });
      if (!read.ok) problems.push(...read.problems);
      else if (problems.length === 0) {
        const { value: row } = read;
        results.push({ row, line, label: row.label, grade: await gradeRow(row, grader, options) });
      }
    }
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(shown, error);
  } finally {
    await handle.close();
  }
  if (problems.length > 0) throw problemError(problems);
  if (results.length === 0) throw noRows(shown);
  return results;
}

/** If the grader cannot use the gold, the row is unresolved, whatever the reply says. */
async function gradeRow(row: LabelledRow, grader: Grader, options: unknown): Promise<Grade> {
  const gold = goldOfRow(row);
  const [problem] = grader.check(gold, options);
  if (problem !== undefined) {
    const why = `bad gold: ${problem.message.en}`;
    return { verdict: "unresolved", value: 0, extracted: null, why };
  }
  return gradeSample(grader, options, { gold, reply: row.response, finish_reason: null });
}

const disagreementLine = (result: Result): string =>
  `${JSON.stringify({
    line: result.line,
    kind: kindOf(result),
    id: result.row.id ?? null,
    answer: result.row.answer ?? result.row.answers ?? null,
    label: result.label,
    value: result.grade.value,
    extracted: result.grade.extracted,
    why: result.grade.why,
    response: result.row.response,
  })}\n`;

function report(
  agreement: LabelAgreement,
  results: readonly Result[],
  differing: readonly Result[],
  limit: number,
  lang: Lang,
): string {
  const zh = lang === "zh";
  const percent = (part: number): string => `${((100 * part) / agreement.n).toFixed(2)}%`;
  const kappa = agreement.kappa === null ? (zh ? "未知" : "unknown") : agreement.kappa.toFixed(3);
  const unsure = differing.filter((each) => kindOf(each) === "unresolved").length;
  const lines = [
    zh
      ? `与人工标注一致 ${percent(agreement.agree)}（${agreement.agree}/${agreement.n}），kappa ${kappa}。`
      : `Agrees with the labels on ${percent(agreement.agree)} (${agreement.agree}/${agreement.n}), kappa ${kappa}.`,
    zh
      ? `误判为对 ${agreement.false_right}，误判为错 ${agreement.false_wrong}；无法判断 ${agreement.unresolved}（${percent(agreement.unresolved)}），其中标注为对的 ${unsure}。`
      : `False right ${agreement.false_right}, false wrong ${agreement.false_wrong}; unresolved ${agreement.unresolved} (${percent(agreement.unresolved)}), of which ${unsure} are labelled right.`,
    "",
    zh ? "判定依据　条数　不一致" : "rule  rows  disagreeing",
    ...rules(results),
  ];
  if (differing.length > 0)
    lines.push("", ...differing.slice(0, limit).map((each) => shownRow(each, lang)));
  if (differing.length > limit) lines.push(`… ${differing.length - limit}`);
  return lines.join("\n");
}

function rules(results: readonly Result[]): readonly string[] {
  const byRule = Map.groupBy(results, ({ grade }) =>
    grade.verdict === "unresolved" ? `? ${grade.why}` : grade.why,
  );
  return [...byRule]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([why, rows]) => {
      const differing = rows.filter((row) => kindOf(row) !== "agree").length;
      return `  ${why}  ${rows.length}  ${differing}`;
    });
}

const kindText: Readonly<Record<Kind, { readonly zh: string; readonly en: string }>> = {
  agree: { zh: "一致", en: "agrees" },
  false_right: { zh: "误判为对", en: "false right" },
  false_wrong: { zh: "误判为错", en: "false wrong" },
  unresolved: { zh: "无法判断", en: "unresolved" },
  ungraded: { zh: "未评", en: "ungraded" },
};

function shownRow(result: Result, lang: Lang): string {
  const { row, grade, line } = result;
  const gold = JSON.stringify(row.answer ?? row.answers ?? null);
  const words =
    lang === "zh"
      ? { gold: "标准", label: "标注", read: "读出" }
      : { gold: "gold", label: "label", read: "read" };
  const head = `── ${line}  ${row.id ?? ""}  ${kindText[kindOf(result)][lang]}  ${words.gold} ${gold}  ${words.label} ${String(row.label)}  ${words.read} ${grade.extracted ?? "-"} (${grade.why})`;
  return `${head}\n${excerpt(row.response)}`;
}

/** Enough of a long reply to see why: its beginning and its end. Control characters stay out of the terminal. */
function excerpt(reply: string): string {
  const clean = reply.replaceAll(/[\p{Cc}\p{Cs}]/gu, (char) => (char === "\n" ? "\n" : "�"));
  return clean.length <= 600 ? clean : `${clean.slice(0, 250)} …… ${clean.slice(-300)}`;
}

const oneFile = new UserError({
  zh: "请给出一个标注文件，例如 baimo calibrate labelled.jsonl --grader choice",
  en: "Name one labelled file, such as: baimo calibrate labelled.jsonl --grader choice",
});
const noGrader = new UserError({
  zh: "请用 --grader 指定要检验的评分器",
  en: "Name the grader to measure with --grader",
});
const noRows = (file: string): UserError =>
  new UserError({ zh: `${file} 里没有任何行`, en: `${file} holds no rows` });
