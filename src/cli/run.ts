import { join, relative, resolve } from "node:path";

import type { EndLine, RunLine } from "../domain/record.ts";
import type { Lang } from "../domain/text.ts";
import type { AskingThread } from "../asking/asker-thread.ts";
import type { Gate } from "../domain/config.ts";
import type { Check } from "../report/gate.ts";
import type { View } from "../report/view.ts";
import type { Command, Context, Parsed } from "./command.ts";
import type { Session } from "./run-session.ts";
import type { Setup } from "./run-setup.ts";

import { startAskingThread } from "../asking/asker-thread.ts";
import { capProblem } from "../engine/budget.ts";
import { makePlan, type Plan } from "../engine/plan.ts";
import { nothingDone, readProgress } from "../engine/resume.ts";
import { run } from "../engine/run.ts";
import { gradeAnswer } from "../graders/grade.ts";
import { gateExitCode } from "../report/gate.ts";
import { leaderboardTerminal } from "../report/leaderboard-text.ts";
import { leaderboardOf } from "../report/leaderboard.ts";
import { stoppedLine } from "../report/log.ts";
import { readView } from "../report/read-view.ts";
import { createView } from "../report/view.ts";
import { withEarlier } from "./judge-setup.ts";
import { dryRun } from "./dry-run.ts";
import { ownName } from "./own-name.ts";
import { createReporter, reporterName } from "./reporter.ts";
import { runOptions, textOf } from "./run-options.ts";
import { reportRun } from "./run-report.ts";
import { stopAdvice } from "./ping-advice.ts";
import { createDeps, namedFile, openSession, unfinishedRun } from "./run-session.ts";
import { setUp } from "./run-setup.ts";

/** Exit 0, 2 for wrong usage, 3 where calls failed for good or the disk did, 130 when interrupted. */
export const command: Command = {
  summary: { zh: "跑评测，出排行榜", en: "run suites and print a leaderboard" },
  usage: "[suite|board|folder…] [-m target]… [options]",
  options: runOptions,
  run: async (parsed, context) => {
    const dry = parsed.values["dry-run"] === true;
    // First of all: it loads what it needs while this thread reads and plans.
    const thread = context.threads && !dry ? startAskingThread() : null;
    try {
      return await prepareAndRun(parsed, thread, context);
    } finally {
      await thread?.close();
    }
  },
};

async function prepareAndRun(
  parsed: Parsed,
  thread: AskingThread | null,
  context: Context,
): Promise<number> {
  const named = await namedFile(parsed, context);
  const header = await resumedHeader(parsed, named);
  const setup = await setUp(parsed, context, header);
  try {
    const plan = await makePlan(setup);
    try {
      const refused = capProblem(
        [...plan.targets, ...(setup.judging?.targets ?? [])].map(({ entry }) => entry),
        plan.settings,
        setup.config?.config.run?.fx ?? header?.fx ?? {},
        parsed.values["allow-unknown-price"] === true,
      );
      if (refused !== null) throw refused;
      return parsed.values["dry-run"] === true
        ? await dryRun(plan, setup.judging, context)
        : await execute({ named, plan, setup, thread }, parsed, context);
    } finally {
      await plan.close();
    }
  } finally {
    await setup.close();
  }
}

/** With `--resume` the file's own suites, targets and settings stand; with `--out` those of a new run. */
async function resumedHeader({ values }: Parsed, named: string | null): Promise<RunLine | null> {
  if (named === null || textOf(values["resume"]) === null) return null;
  return (await readProgress(named, false)).header;
}

type Prepared = {
  readonly named: string | null;
  readonly plan: Plan;
  readonly setup: Setup;
  readonly thread: AskingThread | null;
};

async function execute(
  { named, plan, setup, thread }: Prepared,
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const shower = reporterName(parsed, context);
  const folder = resolve(context.cwd, "results");
  const retryFailed = parsed.values["retry-failed"] === true;
  const out = textOf(parsed.values["out"]);
  const file = named ?? (out === null ? await unfinishedRun(plan, folder, retryFailed) : null);
  if (file !== null && !retryFailed) {
    const finished = await finishedEnd(file, plan);
    if (finished !== null) {
      const view = await readView([file]);
      return conclude({ file, view, end: finished }, setup, parsed, context);
    }
  }
  const place = {
    file,
    out: out === null ? null : resolve(context.cwd, out),
    folder,
    retryFailed,
  };
  const session = await openSession(plan, setup, place);
  const shown = shownPath(session.writer.file, context);
  context.warn(opening(shown, session, plan, context.lang));
  const { end, view } = await runSession(session, { plan, setup, thread }, shower, context);
  return conclude({ file: session.writer.file, view, end }, setup, parsed, context);
}

/** The end of a run that has nothing left to ask, or null. */
async function finishedEnd(file: string, plan: Plan): Promise<EndLine | null> {
  const { end, header } = await readProgress(file, false);
  return end?.status === "complete" && header.plan_digest === plan.digest ? end : null;
}

async function runSession(
  { writer, header, progress }: Session,
  { plan, setup, thread }: Omit<Prepared, "named">,
  shower: ReturnType<typeof reporterName>,
  context: Context,
): Promise<{ readonly end: EndLine; readonly view: View }> {
  const asked = [...plan.targets, ...(setup.judging?.targets ?? [])];
  const deps = createDeps(asked, { settings: plan.settings, env: setup.env, thread });
  const judging = await withEarlier(setup.judging, progress === null ? null : writer.file);
  const view = progress === null ? createView() : await readView([writer.file]);
  const reporter = await createReporter(shower, view, writer.file, context);
  const { observe, gate, stopping, signal } = reporter;
  try {
    if (progress === null) observe(header);
    const end = await run({
      plan,
      deps,
      writer,
      done: progress?.done ?? nothingDone(),
      fx: setup.config?.config.run?.fx ?? header.fx,
      grade: (item, answer, judges) => gradeAnswer(item, answer, setup.graders.load, judges),
      judging,
      unscored: progress?.unscored ?? [],
      observe,
      gate,
      stopping,
      signal,
    });
    return { end, view };
  } finally {
    await reporter.close();
    await deps.asker.close();
    await writer.close();
  }
}

type Ended = { readonly file: string; readonly view: View; readonly end: EndLine };

async function conclude(
  { file, view, end }: Ended,
  { config, targets }: Setup,
  parsed: Parsed,
  context: Context,
): Promise<number> {
  const { lang, columns, isTTY, print } = context;
  const shown = shownPath(file, context);
  const board = leaderboardOf(view);
  const gate = config?.config.gate ?? null;
  print("");
  print(leaderboardTerminal(view, board, { lang, width: columns, wrapped: isTTY }));
  const checks = await reportRun({ view, board, gate }, parsed, context);
  print("");
  print([...stopAdvice(end, targets, lang), closing(shown, end, context)].join("\n"));
  return exitCode(end, view, gate, checks);
}

/** An interrupted run first, then a broken gate; failed calls make a run incomplete unless the gate allows them. */
function exitCode(end: EndLine, view: View, gate: Gate | null, checks: readonly Check[]): number {
  if (end.status === "interrupted") return 130;
  if (gate !== null) return gateExitCode(gate, checks, view);
  return end.status === "complete" && end.failed === 0 ? 0 : 3;
}

function opening(file: string, { progress }: Session, plan: Plan, lang: Lang): string {
  const { answers } = plan.size;
  if (progress === null) {
    return { zh: `共 ${answers} 次作答 → ${file}`, en: `${answers} answers → ${file}` }[lang];
  }
  const had = progress.done.answered;
  return {
    zh: `续跑 ${file}：已有 ${had}/${answers}`,
    en: `Continuing ${file}: ${had} of ${answers} are there`,
  }[lang];
}

/** What is where, and in a line of its own, so that no terminal breaks it in two, the command that goes on from there. */
function closing(file: string, end: EndLine, context: Context): string {
  const { lang } = context;
  const name = ownName(context);
  if (end.status === "interrupted") {
    return {
      zh: `已中断，答案都在 ${file}。继续：\n${name} run --resume ${file}`,
      en: `Interrupted; all answers are in ${file}. Go on:\n${name} run --resume ${file}`,
    }[lang];
  }
  const stopped = (end.stopped ?? []).map((each) => stoppedLine(each, lang));
  if (end.status === "budget" || stopped.length > 0) {
    const unasked = (end.stopped ?? []).reduce((sum, each) => sum + each.unasked, 0);
    const last = {
      zh: `还差 ${unasked} 次作答，已有的都在 ${file}。${end.status === "budget" ? "提高上限" : "处理后"}继续：\n${name} run --resume ${file}`,
      en: `${unasked} answers are missing; the others are in ${file}. Go on ${end.status === "budget" ? "with a higher cap" : "once that is mended"}:\n${name} run --resume ${file}`,
    }[lang];
    return [...stopped, last].join("\n");
  }
  return {
    zh: `运行文件 ${file}。再看：\n${name} leaderboard ${file} --wide`,
    en: `Run file ${file}. See more:\n${name} leaderboard ${file} --wide`,
  }[lang];
}

function shownPath(file: string, { cwd }: Context): string {
  const short = relative(cwd, file);
  return short.startsWith("..") ? file : join(short);
}
