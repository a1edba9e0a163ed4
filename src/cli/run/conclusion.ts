import type { EndLine } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";
import type { HigherCaps } from "./higher-caps.ts";
import type { Live } from "./live/live.ts";
import type { RunOptions } from "./options.ts";
import type { Setup } from "./setup.ts";

import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { withRedLines } from "../../report/leaderboard/red-lines.ts";
import { conclusionAgain, leaderboardTerminal } from "../../report/leaderboard/text.ts";
import { wrapTyped } from "../../report/render/as-typed.ts";
import { stoppedLine } from "../../report/run/log.ts";
import { readView } from "../../report/view/read.ts";
import { wrapsTables } from "../context.ts";
import { ownName, shownPath } from "../names.ts";
import { mostShown } from "./live/live.ts";

export type EndedRun = { readonly file: string; readonly live: Live; readonly end: EndLine };

/** The plan and the judges of a run tell what a higher cap must leave room for. */
type Concluded = Pick<Setup, "config" | "settings" | "targets"> &
  Partial<Pick<Setup, "judging">> & { readonly plan?: Plan | null };

/** Prints what came of a run and what to do next; resolves to the exit code. */
export async function conclude(
  { file, live, end }: EndedRun,
  { config, settings, targets, judging = null, plan = null }: Concluded,
  { junit, report }: Pick<RunOptions, "junit" | "report">,
  context: Context,
): Promise<number> {
  const { lang, print, env } = context;
  const shown = shownPath(file, context);
  const gate = config?.config.gate ?? null;
  // Gates and advice are loaded only for runs that need them.
  const reported = gate !== null || junit !== null || (env["GITHUB_STEP_SUMMARY"] ?? "") !== "";
  const view = live.view ?? (reported || end.answers <= mostShown ? await readView([file]) : null);
  print("");
  if (view === null) print(boardLater(shown, end, context));
  const printed = view === null ? null : await printBoard(view, file, context);
  const board = printed?.board ?? null;
  const gated =
    reported && view !== null && board !== null
      ? await (await import("./report.ts")).reportRun({ view, board, gate }, junit, context)
      : null;
  const advice = end.failed === 0 && (end.stopped ?? []).length === 0 ? [] : await adviceOf();
  const page =
    report === null
      ? []
      : [await (await import("../report/report-page.ts")).runPageLine(file, report, context)];
  print("");
  const caps =
    end.status === "budget" && plan !== null
      ? await (await import("./higher-caps.ts")).higherCaps(settings, { plan, judging })
      : null;
  const again = printed?.again ?? [];
  const lines = [...advice, ...page, ...closing(shown, end, caps, context).split("\n")];
  print([...again, ...lines.flatMap((each) => unbrokenIn(each, context))].join("\n"));
  if (end.status === "interrupted") return 130;
  // Failed calls make a run incomplete unless the gate allows them.
  return gated ?? (end.status === "complete" && end.failed === 0 ? 0 : 3);

  async function adviceOf(): Promise<readonly string[]> {
    const { stopAdvice, unansweredAdvice } = await import("../../report/advice/failure.ts");
    const stopped = new Set((end.stopped ?? []).map(({ target }) => target));
    const failures = live.sums.failures.filter(({ target }) => !stopped.has(target));
    const counted = (ref: string): number =>
      live.sums.targets.find((each) => each.ref === ref)?.totals.counted ?? 0;
    return [
      ...stopAdvice(end, targets, lang),
      ...unansweredAdvice(failures, counted, targets, lang),
    ];
  }
}

/** A sentence in lines that fit the terminal; a command keeps to one, to be copied whole. */
function unbrokenIn(text: string, context: Context): readonly string[] {
  const isCommand = text.startsWith(`${ownName(context)} `);
  return isCommand || !wrapsTables(context) ? [text] : wrapTyped(text, context.columns);
}

/** A board that is longer has scrolled its first lines off a usual screen when the run's end stands below it. */
const mostLinesSeen = 15;

/** Prints the leaderboard; `again` is what it says, where its first lines are out of sight. */
async function printBoard(
  view: View,
  file: string,
  context: Context,
): Promise<{ readonly board: Leaderboard; readonly again: readonly string[] }> {
  const { lang, columns, print } = context;
  const board = await withRedLines(view, leaderboardOf(view), { files: [file] });
  const options = { lang, width: columns, wrapped: wrapsTables(context) };
  const text = leaderboardTerminal(view, board, options);
  print(text);
  const isSeen = text.split("\n").length <= mostLinesSeen;
  return { board, again: isSeen ? [] : conclusionAgain(board, options) };
}

/** In place of a leaderboard whose view would be larger than the run itself. */
function boardLater(file: string, { answers }: EndLine, context: Context): string {
  const command = `${ownName(context)} leaderboard ${file}`;
  return {
    zh: `共 ${answers} 次作答，排行榜要另占内存，请单独查看：\n${command}`,
    en: `${answers} answers; their leaderboard takes memory of its own and is shown by:\n${command}`,
  }[context.lang];
}

/** What a run that stopped early lacks: answers not asked for, and calls that failed for good. */
export function missingText(unasked: number, failed: number): Text {
  const again = { zh: "（--retry-failed 会重问）", en: " (--retry-failed asks them again)" };
  if (failed === 0) {
    return { zh: `还差 ${unasked} 次作答`, en: `${unasked} answers are missing` };
  }
  if (unasked === 0) {
    return {
      zh: `${failed} 次调用失败${again.zh}`,
      en: `${failed} calls failed${again.en}`,
    };
  }
  return {
    zh: `还差 ${unasked} 次作答，另有 ${failed} 次失败${again.zh}`,
    en: `${unasked} answers are missing, ${failed} failed${again.en}`,
  };
}

/** Where the results are and, on a line of its own so that it can be copied whole, the command to run next. */
function closing(file: string, end: EndLine, caps: HigherCaps | null, context: Context): string {
  const { lang } = context;
  const name = ownName(context);
  if (end.status === "interrupted") {
    return {
      zh: `已中断，已有的回答都在 ${file}。继续：\n${name} run --resume ${file}`,
      en: `Interrupted; all answers are in ${file}. Go on:\n${name} run --resume ${file}`,
    }[lang];
  }
  const stopped = (end.stopped ?? []).map((each) => stoppedLine(each, lang));
  if (end.status === "budget" || stopped.length > 0) {
    const unasked = (end.stopped ?? []).reduce((sum, each) => sum + each.unasked, 0);
    // Without the option, calls that failed for good count as answered.
    const again = `${name} run --resume ${file}${end.failed > 0 ? " --retry-failed" : ""}${caps?.options ?? ""}`;
    const missing = missingText(unasked, end.failed)[lang];
    const needs = caps?.needs ?? { zh: "", en: "" };
    const last = {
      zh: `${missing}，已有的都在 ${file}。${end.status === "budget" ? `续跑沿用原来的上限${needs.zh === "" ? "" : `；${needs.zh}`}，提高上限` : "处理后"}继续：\n${again}`,
      en: `${missing}; the others are in ${file}. Go on ${end.status === "budget" ? `with a higher cap${needs.en === "" ? "" : ` (${needs.en})`}; the old one holds otherwise` : "once that is mended"}:\n${again}`,
    }[lang];
    return [...stopped, last].join("\n");
  }
  if (end.failed > 0) {
    const again = `${name} run --resume ${file} --retry-failed`;
    return {
      zh: `运行文件 ${file}；${end.failed} 次调用失败，用 --retry-failed 重问：\n${again}`,
      en: `Run file ${file}; ${end.failed} calls failed, --retry-failed asks them again:\n${again}`,
    }[lang];
  }
  return {
    zh: `运行文件 ${file}。逐题看回答，哪里错、为什么错（报告页）：\n${name} report ${file}\n在终端里只看判错和没有读出答案的：\n${name} review ${file} --wrong\n全部列：\n${name} leaderboard ${file} --wide`,
    en: `Run file ${file}. Every answer, which are wrong and why (a page):\n${name} report ${file}\nOnly those that are wrong or could not be read, in the terminal:\n${name} review ${file} --wrong\nAll columns:\n${name} leaderboard ${file} --wide`,
  }[lang];
}
