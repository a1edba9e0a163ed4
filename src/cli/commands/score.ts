import { resolve } from "node:path";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Lang } from "../../domain/text.ts";
import type { Scanned } from "../../store/runs/reader.ts";
import type { Context } from "../context.ts";

import { itemLine } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { parseGraderOptions } from "../../grading/graders.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { type Graders, openGraders } from "../../store/graders.ts";
import { readHeader, scanRun } from "../../store/runs/reader.ts";
import { openRunLines } from "../../store/runs/run-lines.ts";
import { reopenRunFile } from "../../store/runs/writer.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { eachItem } from "../../store/suites/items.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { unknownName } from "../../validation/suggest.ts";
import { amount, defineCommand, flag, text } from "../options.ts";
import { isPaid, mustNotReplace, restored } from "../score/paid.ts";
import { openScorer, type Scorer } from "../score/scorer.ts";
import { shared } from "../shared-options.ts";

/** Grades every answer of a run file again and appends the scores; the newest score of an answer counts. */
export const command = defineCommand({
  usage: "RUN [--grader id] [--with '{…}'] [--suite f] [--max-cost 5CNY]",
  options: {
    grader: text({ zh: "换用这个评分器", en: "use this grader instead" }),
    with: shared.with,
    config: shared.judgeConfig,
    maxCost: amount({
      zh: "裁判最多花多少钱，如 5CNY",
      en: "most money for judges, such as 5CNY",
    }),
    allowUnknownPrice: flag({
      zh: "有金额上限时，也问价格未知的裁判",
      en: "ask judges of unknown price under a cap too",
    }),
    suite: text({
      zh: "用这个题集里改正过的答案",
      en: "take corrected golds from this suite",
    }),
  },
  run: async (options, context) => {
    const [name, ...more] = options.positionals;
    if (name === undefined || more.length > 0) throw oneRun;
    const file = resolve(context.cwd, name);
    const config = await readConfig(context.cwd, options.config);
    const graders = openGraders(config);
    const grader =
      options.grader === null ? null : await graderOf(options.grader, options.with ?? {}, graders);
    const header = await readHeader(file);
    const golds = await goldsOf(options.suite, context, header?.settings.reseed ?? null);
    const correct = (item: ItemLine): ItemLine => withGrader(correctedOf(item, golds), grader);
    const found = await scanForGrading(file, correct);
    const scorer = await openScorer({ file, config, graders, ...found }, options, context);
    try {
      const counts = await context.finishing(() =>
        regrade({ file, correct, scorer, context, otherGrader: grader !== null, ...found }),
      );
      context.print(said(counts, name, context.lang));
      if (context.stopping.aborted) return 130;
      return counts.left > 0 ? 3 : 0;
    } finally {
      await scorer.close();
    }
  },
});

const oneRun = new UserError({
  zh: "请给出一个运行文件，例如 baimo score results/x.jsonl",
  en: "Name one run file, such as: baimo score results/x.jsonl",
});

type Counts = { scored: number; changed: number; left: number; kept: number };

function said({ scored, changed, left, kept }: Counts, name: string, lang: Lang): string {
  const graded = {
    zh: `${scored} 条回答重新评分，${changed} 条的判定有变化；已写入 ${name}`,
    en: `${scored} answers graded again, ${changed} verdicts changed; written to ${name}`,
  }[lang];
  const paid = {
    zh: `\n${kept} 条付费请裁判判过，这次没有裁判重判，保留原判（要重判，用 --config 指定写有 judges: 的配置）`,
    en: `\n${kept} verdicts that judges were paid for stand, because no judge graded them again (to have that done, name a config with judges: by --config)`,
  }[lang];
  const done = `${graded}${kept === 0 ? "" : paid}`;
  if (left === 0) return done;
  return `${done}\n${{ zh: `${left} 条没有评：中断或预算用尽`, en: `${left} were not graded: interrupted, or out of budget` }[lang]}`;
}

type Found = {
  readonly header: RunLine;
  readonly scanned: Scanned;
  /** Bytes at which the last line of an item, and each answer, start. */
  readonly items: ReadonlyMap<string, number>;
  readonly answers: readonly number[];
  readonly before: ReadonlyMap<string, ScoreLine["verdict"]>;
  /** Bytes at which lines start, by key: the score that counts, and the last that judges were paid for. */
  readonly standing: ReadonlyMap<string, number>;
  readonly paid: ReadonlyMap<string, number>;
  /** Graders of the items, each once. */
  readonly refs: readonly GraderRef[];
};

async function scanForGrading(file: string, correct: (item: ItemLine) => ItemLine): Promise<Found> {
  const items = new Map<string, number>();
  const answers: number[] = [];
  const before = new Map<string, ScoreLine["verdict"]>();
  const standing = new Map<string, number>();
  const paid = new Map<string, number>();
  const refs = new Set<string>();
  let header: RunLine | null = null;
  const scanned = await scanRun(file, (line, offset) => {
    if (line.kind === "run") header = line;
    if (line.kind === "item") {
      items.set(line.item, offset);
      for (const { grader } of correct(line).turns)
        if (grader !== null) refs.add(JSON.stringify(grader));
    }
    if (line.kind === "answer") {
      answers.push(offset);
      // What was paid for was another answer.
      paid.delete(line.key);
    }
    if (line.kind === "score" && line.pending !== true) {
      before.set(line.key, line.verdict);
      standing.set(line.key, offset);
      if (isPaid(line)) paid.set(line.key, offset);
    }
  });
  if (header === null) throw new Error("a run file without a header was scanned");
  const parsed = [...refs].map((text) => JSON.parse(text) as GraderRef);
  return { header, scanned, items, answers, before, standing, paid, refs: parsed };
}

type Regrading = Found & {
  readonly file: string;
  readonly correct: (item: ItemLine) => ItemLine;
  readonly scorer: Scorer;
  readonly context: Context;
  /** The user named a grader, whatever the items ask for. */
  readonly otherGrader: boolean;
};

/** Appends a score for every answer, in the order of the file, and an item line where a gold was corrected. */
async function regrade(regrading: Regrading): Promise<Counts> {
  const { file, correct, scorer, context, otherGrader, ...found } = regrading;
  const lines = await openRunLines(file);
  const writer = await reopenRunFile(file, found.scanned);
  if (writer.tookOver !== null) context.warn(writer.tookOver[context.lang]);
  const counts: Counts = { scored: 0, changed: 0, left: 0, kept: 0 };
  const told = new Set<string>();
  const grading: Promise<ScoreLine | null>[] = [];
  const write = async (): Promise<void> => {
    const score = (await grading.shift()) ?? null;
    if (score === null || score.pending === true) counts.left += 1;
    if (score === null || (score.pending === true && score.judge_calls === undefined)) return;
    const paid = found.paid.get(score.key);
    const { lacksJudges } = scorer;
    if (paid !== undefined && mustNotReplace(score, { lacksJudges, otherGrader })) {
      const old = (await lines.at(paid)) as ScoreLine;
      const last = (await lines.at(found.standing.get(score.key) ?? paid)) as ScoreLine;
      for (const line of restored(old, last, score)) await writer.append(line);
      if (score.pending !== true) counts.kept += 1;
      return;
    }
    await writer.append(score);
    if (score.pending === true) return;
    counts.scored += 1;
    if (found.before.get(score.key) !== score.verdict) counts.changed += 1;
  };
  try {
    for (const [place, offset] of found.answers.entries()) {
      if (context.stopping.aborted) {
        counts.left += found.answers.length - place;
        break;
      }
      const answer = (await lines.at(offset)) as AnswerLine;
      const old = (await lines.at(found.items.get(answer.item) ?? 0)) as ItemLine;
      const item = correct(old);
      if (item.gold_digest !== old.gold_digest && !told.has(item.item)) {
        told.add(item.item);
        await writer.append({ ...item, asks: old.asks });
      }
      grading.push(quiet(scorer.grade(item, answer)));
      if (grading.length >= scorer.atOnce) await write();
    }
    while (grading.length > 0) await write();
    return counts;
  } finally {
    await writer.close();
    await lines.close();
  }
}

/** A failure is thrown where the promise is awaited, not before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function graderOf(
  use: string,
  options: NonNullable<GraderRef["with"]>,
  graders: Graders,
): Promise<GraderRef> {
  const grader = await graders.load(use);
  if (grader === null) {
    throw new UserError(unknownName({ zh: "评分器", en: "grader" }, use, graders.ids()));
  }
  parseGraderOptions(grader, options);
  return { use, with: options };
}

const withGrader = (item: ItemLine, grader: GraderRef | null): ItemLine =>
  grader === null
    ? item
    : {
        ...item,
        turns: item.turns.map((turn) => ({
          ...turn,
          grader: turn.grader === null ? null : grader,
        })),
      };

/** The suite's item if it still asks the same question; the gold of another one would be wrong here. */
function correctedOf(item: ItemLine, golds: ReadonlyMap<string, ItemLine>): ItemLine {
  const corrected = golds.get(item.item);
  const digestOf = ({ asks }: ItemLine) => asks.find(({ wording }) => wording === null)?.ask_digest;
  return corrected !== undefined && digestOf(corrected) === digestOf(item) ? corrected : item;
}

/** The items of a suite by key; none where no suite is named. */
async function goldsOf(
  name: string | null,
  { cwd }: Context,
  reseed: number | null,
): Promise<ReadonlyMap<string, ItemLine>> {
  const golds = new Map<string, ItemLine>();
  if (name === null) return golds;
  for (const file of await findSuites([name], { cwd, builtin: builtinFolder("suites") })) {
    const suite = await readSuite(file, reseed);
    for (const task of suite.suite.tasks) {
      for await (const { item } of eachItem(suite, task)) {
        const line = itemLine(suite.suite, task, item, [null]);
        golds.set(line.item, line);
      }
    }
  }
  return golds;
}
