import { join, resolve } from "node:path";

import type { EndLine } from "../../domain/run-file/session.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { ResumePoint } from "../../engine/run/resume.ts";
import type { TransportThread } from "../../transport/thread/start.ts";
import type { Context } from "../context.ts";
import type { conclude as Conclude, EndedRun } from "./conclusion.ts";
import type { RunOptions } from "./options.ts";
import type { OpenRun } from "./session.ts";
import type { Setup } from "./setup.ts";

import { makePlan, type Plan } from "../../engine/plan/plan.ts";
import { capProblem } from "../../engine/run/budget.ts";
import { nothingDone, readResumePoint, type Retry } from "../../engine/run/resume.ts";
import { run } from "../../engine/run/run.ts";
import { gradeAnswer } from "../../grading/grade.ts";
import { createKeySet } from "../../store/suites/key-set.ts";
import { ownName, shownPath } from "../names.ts";
import { mindQueue, openRemote, type RemoteOptions } from "../queue/remote.ts";
import { keepHeapSmall } from "../shell/small-heap.ts";
import { mindBatches, openBatches } from "./batch/open-batches.ts";
import { withEarlier } from "./judges/judge-setup.ts";
import { openLive } from "./live/live.ts";
import { createReporter, reporterName } from "./live/reporter.ts";
import { withOldCaps } from "./resume/caps.ts";
import { isSamePlan } from "./resume/changed-plan.ts";
import { movedTargets, movedText } from "./resume/moved.ts";
import { passedOver, passedOverText } from "./resume/passed-over.ts";
import { createDeps, namedFile, newRunId, openRun, unfinishedRun } from "./session.ts";
import { setUp } from "./setup.ts";

/** Reads, plans and runs; the thread sends the requests. Resolves to the exit code. */
export async function planAndRun(
  options: RunOptions,
  thread: TransportThread | null,
  context: Context,
): Promise<number> {
  const named = await namedFile(options, context);
  // `--resume` takes suites, targets and settings from the file; `--out` takes them from options and config.
  const continued =
    named === null || options.resume === null
      ? null
      : { file: named, header: (await readResumePoint(named, "none")).header };
  mindQueue(options);
  // Before the rows are checked: a million of them would enlarge the young generation for good. With a queue, workers ask.
  if (options.queue !== null && context.startThread !== null) keepHeapSmall("coordinating");
  if (thread !== null) keepHeapSmall("asking");
  const setup = await setUp(options, context, continued);
  const asked = [...setup.targets, ...(setup.judging?.targets ?? [])];
  thread?.prepare({
    protocols: [...new Set(asked.map(({ entry }) => entry.protocol))],
    schemes: [...new Set(asked.map(({ endpoint }) => endpoint.auth.scheme))],
  });
  try {
    const plan = await makePlan(setup);
    try {
      const refused = capProblem(
        asked.map(({ entry }) => entry),
        plan.settings,
        setup.config?.config.run?.fx ?? continued?.header.fx ?? {},
        options.allowUnknownPrice,
      );
      if (refused !== null) throw refused;
      await mindBatches(plan, context);
      return options.dryRun
        ? await (await import("./dry-run.ts")).dryRun(plan, setup.judging, context)
        : await execute({ named, plan, setup, thread }, options, context);
    } finally {
      await plan.close();
    }
  } finally {
    await setup.close();
  }
}

type Prepared = {
  readonly named: string | null;
  readonly plan: Plan;
  readonly setup: Setup;
  readonly thread: TransportThread | null;
};

async function execute(
  { named, plan: planned, setup, thread }: Prepared,
  options: RunOptions,
  context: Context,
): Promise<number> {
  let plan = planned;
  const shower = reporterName(options.reporter, plan.size.answers, context);
  const folder = resolve(context.cwd, "results");
  const { retryFailed, out } = options;
  const file = named ?? (out === null ? await unfinishedRun(plan, folder, retryFailed) : null);
  const retry = retryOf(options, named);
  if (file !== null) {
    // What is gone on with unasked keeps its caps as a named one does.
    if (named === null) plan = await withOldCaps(plan, file, context);
    const finished = await finishedEnd(file, plan, retry);
    if (finished !== null) {
      const live = await openLive("silent", finished.answers, file);
      return concluded({ file, live, end: finished }, { ...setup, plan }, options, context);
    }
  }
  const place = {
    file,
    out: out === null ? null : resolve(context.cwd, out),
    folder,
    retry,
  };
  const passed = file === null && out === null ? await passedOverNote(plan, folder, context) : null;
  if (passed !== null) context.warn(passed);
  const ended = await context.finishing(async () => {
    const session = await openRun(plan, setup, place);
    sayOpening(session, plan, context);
    // Who named the file knows of it.
    if (file !== null && named === null) context.warn(anew(context)[context.lang]);
    const parts = { plan, setup, thread, queue: options };
    return runSession(session, parts, shower, context);
  });
  // The terminal interface has driven it off the screen.
  const note = shower === "tui" ? passed : null;
  return concluded({ ...ended, note }, { ...setup, plan }, options, context);
}

/** A run that goes on asks again where the network or the server failed; one that `--out` names is left as it is. */
function retryOf({ retryFailed, resume }: RunOptions, named: string | null): Retry {
  if (retryFailed) return "all";
  return resume !== null || named === null ? "transport" : "none";
}

function sayOpening(session: OpenRun, plan: Plan, context: Context): void {
  const shown = shownPath(session.writer.file, context);
  if (session.writer.tookOver !== null) context.warn(session.writer.tookOver[context.lang]);
  context.warn(opening(shown, session, plan, context.lang));
  if (session.progress === null) return;
  const { answeredBy } = session.progress.done;
  for (const moved of movedTargets(session.header, plan)) {
    // Where no answer came from the old address, nothing is mixed.
    if ((answeredBy.get(moved.ref) ?? 0) > 0) context.warn(movedText(moved)[context.lang]);
  }
}

async function passedOverNote(
  plan: Plan,
  folder: string,
  context: Context,
): Promise<string | null> {
  const passed = await passedOver(plan, folder);
  if (passed === null) return null;
  const shown = shownPath(passed.file, context);
  return passedOverText(passed, shown, ownName(context))[context.lang];
}

/** Loaded late, so that the first request need not wait for it. */
const concluded: typeof Conclude = async (...ended) =>
  (await import("./conclusion.ts")).conclude(...ended);

/** The end of a run that has nothing left to ask, or null. */
async function finishedEnd(file: string, plan: Plan, retry: Retry): Promise<EndLine | null> {
  if (retry === "all") return null;
  const { end, header, retried } = await readResumePoint(file, retry);
  if (retried > 0) return null;
  return end?.status === "complete" && isSamePlan(header, plan) ? end : null;
}

async function runSession(
  { writer, header, progress }: OpenRun,
  { plan, setup, thread, queue }: Omit<Prepared, "named"> & { readonly queue: RemoteOptions },
  shower: ReturnType<typeof reporterName>,
  context: Context,
): Promise<EndedRun> {
  const asked = [...plan.targets, ...(setup.judging?.targets ?? [])];
  const deps = await createDeps(asked, { settings: plan.settings, env: setup.env, thread });
  const judging = await withEarlier(setup.judging, progress === null ? null : writer.file);
  const before = progress === null ? null : writer.file;
  const live = await openLive(shower, plan.size.answers, before, progress?.done.answeredBy);
  const reporter = await createReporter(shower, live, writer.file, context);
  const { observe, gate, stopping, signal } = reporter;
  const remote = await openRemote(
    queue,
    {
      header,
      answers: plan.size.answers,
      done: progress?.done.answers ?? createKeySet(),
      env: setup.env,
      observe,
    },
    context,
  ).catch(async (error: unknown) => {
    await Promise.all([reporter.close(), deps.sender.close(), writer.close()]);
    throw error;
  });
  const batches = await openBatches(plan, progress?.done ?? null, setup, signal);
  try {
    if (progress === null) observe(header);
    const end = await run({
      plan: { ...plan, settings: { ...plan.settings, ...coldOf(header) } },
      deps,
      writer,
      done: progress?.done ?? nothingDone(),
      fx: setup.config?.config.run?.fx ?? header.fx,
      grade: (item, answer, judges) => gradeAnswer(item, answer, setup.graders.load, judges),
      judging,
      unscored: progress?.unscored ?? [],
      observe,
      gate,
      ...batches.access,
      ...(remote === null ? {} : { remote }),
      stopping,
      signal,
    });
    return { file: writer.file, end, live };
  } finally {
    await reporter.close();
    await remote?.close();
    await batches.close();
    await deps.sender.close();
    await writer.close();
  }
}

/** The mark of the file, which may be continued. */
const coldOf = ({ settings: { cold } }: OpenRun["header"]): Partial<Plan["settings"]> =>
  cold === undefined ? {} : { cold };

function opening(file: string, { progress }: OpenRun, plan: Plan, lang: Lang): string {
  const { answers } = plan.size;
  if (progress === null) {
    return { zh: `共 ${answers} 次作答 → ${file}`, en: `${answers} answers → ${file}` }[lang];
  }
  const had = progress.done.answered;
  const what = lacksModels(progress, plan);
  return {
    zh: `续跑 ${file}：已有 ${had}/${answers}${what?.zh ?? ""}`,
    en: `Continuing ${file}: ${had} of ${answers} are there${what?.en ?? ""}`,
  }[lang];
}

/** What stands in a file in which no model has answered yet; null where one has, or nothing stands there. */
function lacksModels(
  { done: { answered, failed, answeredBy } }: ResumePoint,
  { targets }: Plan,
): Text | null {
  const fromModels = targets.reduce(
    (sum, { entry }) => sum + (entry.baseline ? 0 : (answeredBy.get(entry.ref) ?? 0)),
    0,
  );
  if (answered === 0 || fromModels > failed) return null;
  if (failed === 0) return { zh: "（都是基线的）", en: " (all from baselines)" };
  return fromModels === answered
    ? { zh: "（都是失败的）", en: " (all failed)" }
    : { zh: "（只有基线的和失败的）", en: " (from baselines, or failed)" };
}

/** How to leave the unfinished run aside, by a name that is free and that a later run takes for the newest. */
function anew(context: Context): Text {
  const file = shownPath(join(context.cwd, "results", `${newRunId(new Date())}.jsonl`), context);
  return {
    zh: `要重新开始：加 -o ${file}`,
    en: `To begin anew, add -o ${file}`,
  };
}
