import type { EndLine } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";
import type { Live } from "./live/live.ts";
import type { RunOptions } from "./options.ts";
import type { Setup } from "./setup.ts";

import { isFailed, outcomes } from "../../domain/outcome.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { withRedLines } from "../../report/leaderboard/red-lines.ts";
import { remarkedOf, withoutJudgeLines } from "../../report/leaderboard/remarks.ts";
import { conclusionAgain, leaderboardTerminal } from "../../report/leaderboard/text.ts";
import { wrapTyped } from "../../report/render/as-typed.ts";
import { clean } from "../../report/render/format.ts";
import { readView } from "../../report/view/read.ts";
import { verdictCode } from "../../report/view/shapes.ts";
import { wrapsTables } from "../context.ts";
import { ownName, shownPath } from "../names.ts";
import { collectBeforeReading } from "../shell/small-heap.ts";
import { closing } from "./closing.ts";
import { mostShown } from "./live/live.ts";
import { comparableRun, type ComparableRun } from "./resume/comparable.ts";

export type EndedRun = {
  readonly file: string;
  readonly live: Live;
  readonly end: EndLine;
  /** What was said as the run began and is to be said once more. */
  readonly note?: string | null;
};

/** The plan and the judges of a run tell what a higher cap must leave room for. */
type Concluded = Pick<Setup, "config" | "targets"> &
  Partial<Pick<Setup, "judging">> & { readonly plan?: Plan | null };

/** Prints what came of a run and what to do next; resolves to the exit code. */
export async function conclude(
  { file, live, end, note = null }: EndedRun,
  { config, targets, judging = null, plan = null }: Concluded,
  { junit, report }: Pick<RunOptions, "junit" | "report">,
  context: Context,
): Promise<number> {
  const { lang, print, env } = context;
  const shown = shownPath(file, context);
  const gate = config?.config.gate ?? null;
  // Gates and advice are loaded only for runs that need them.
  const reported = gate !== null || junit !== null || (env["GITHUB_STEP_SUMMARY"] ?? "") !== "";
  const view = live.view ?? (reported || end.answers <= mostShown ? await readLate(file) : null);
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
      ? await (
          await import("./resume/higher-caps.ts")
        ).higherCaps(file, plan.settings, { plan, judging })
      : null;
  const again = printed?.again ?? [];
  const beside = end.status === "complete" ? await comparableRun(file) : null;
  const lines = [
    ...(note === null ? [] : [note]),
    ...advice,
    ...page,
    ...closing(
      { shown, end, caps, failures: live.sums.failures, failed: failedIn(live) },
      context,
    ).split("\n"),
    ...(beside === null ? [] : comparing(beside, shown, context)),
  ];
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

/** Answers that stand as failed in the file, those of earlier sessions included. */
const failedIn = ({ sums }: Live): number =>
  sums.targets.reduce((sum, { totals }) => sum + (totals.verdicts[verdictCode.failed] ?? 0), 0);

/** How to set the model that was asked before beside that of this run. */
function comparing({ file, ref }: ComparableRun, shown: string, context: Context) {
  const name = ownName(context);
  return [
    { zh: `与先前问过的 ${clean(ref)} 比：`, en: `Beside ${clean(ref)}, asked before:` }[
      context.lang
    ],
    `${name} compare ${shownPath(file, context)} ${shown}`,
  ];
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
  if (isUnanswered(board)) {
    print(noAnswer[lang]);
    return { board, again: [] };
  }
  const run = shownPath(file, context);
  const options = { lang, width: columns, wrapped: wrapsTables(context), run };
  const text = leaderboardTerminal(view, board, options);
  print(text);
  const isSeen = text.split("\n").length <= mostLinesSeen;
  const unjudged = withoutJudgeLines(remarkedOf(board, lang), lang);
  return { board, again: isSeen ? [] : [...conclusionAgain(board, options), ...unjudged] };
}

/** Whether nobody but baselines gave a single answer: a board of them would hold nothing. */
function isUnanswered({ entries }: Leaderboard): boolean {
  const asked = entries.filter(({ summary }) => !summary.baseline);
  return asked.length > 0 && asked.every(({ summary }) => !hasAnswer(summary));
}

const hasAnswer = ({ outcomes: counts }: Leaderboard["entries"][number]["summary"]): boolean =>
  outcomes.some((outcome) => !isFailed(outcome) && (counts[outcome] ?? 0) > 0);

const noAnswer: Text = {
  zh: "没有得到一个回答，所以没有排行榜。",
  en: "There is no answer, and so no leaderboard.",
};

/** The view of a run that kept sums alone while it asked. */
async function readLate(file: string): Promise<View> {
  // What asking left behind need not stand beside it, nor what reading left behind beside the lists of a leaderboard.
  const collect = collectBeforeReading();
  const view = await readView([file]);
  collect();
  return view;
}

/** In place of a leaderboard whose view would be larger than the run itself. */
function boardLater(file: string, { answers }: EndLine, context: Context): string {
  const command = `${ownName(context)} leaderboard ${file}`;
  return {
    zh: `共 ${answers} 次作答，排行榜要另占内存，请单独查看：\n${command}`,
    en: `${answers} answers; their leaderboard takes memory of its own and is shown by:\n${command}`,
  }[context.lang];
}
