import { resolve } from "node:path";

import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Context } from "../context.ts";

import { itemLine } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { lineLimit } from "../../files/line-limit.ts";
import { parseGraderOptions } from "../../grading/graders.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { type Graders, openGraders } from "../../store/graders.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { findSuites } from "../../store/suites/find-suites.ts";
import { eachItem } from "../../store/suites/items.ts";
import { readSuite } from "../../store/suites/suites.ts";
import { unknownName } from "../../validation/suggest.ts";
import { ownName } from "../names.ts";
import { amount, defineCommand, flag, text } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { correctedBy } from "../score/correct.ts";
import { regrade, type ScoreCounts } from "../score/regrade.ts";
import { scanForGrading } from "../score/scan.ts";
import { openScorer } from "../score/scorer.ts";
import { survey } from "../score/threads/survey.ts";
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
    if (name === undefined || more.length > 0) throw await noRunNamed(oneRun, context);
    const file = resolve(context.cwd, name);
    const config = await readConfig(context.cwd, options.config);
    const graders = openGraders(config);
    const grader =
      options.grader === null ? null : await graderOf(options.grader, options.with ?? {}, graders);
    const header = await readHeader(file);
    const golds = await goldsOf(options.suite, context, header?.settings.reseed ?? null);
    const correct = correctedBy({ golds, grader });
    const house = Object.keys(config?.config.graders ?? {});
    const limit = lineLimit();
    const surveyed =
      header === null ? null : await survey({ file, header, golds, grader, house, limit });
    const found = surveyed ?? { ...(await scanForGrading(file, correct)), graded: null };
    const scorer = await openScorer({ file, config, graders, ...found }, options, context);
    try {
      const counts = await context.finishing(() =>
        regrade({ file, correct, scorer, context, otherGrader: grader !== null, ...found }),
      );
      context.print(said(counts, name, context.lang));
      context.print(
        { zh: "新的排行榜：", en: "The new leaderboard:" }[context.lang] +
          `\n${ownName(context)} leaderboard ${name}`,
      );
      if (context.stopping.aborted) return 130;
      return counts.left > 0 ? 3 : 0;
    } finally {
      await scorer.close();
    }
  },
});

const oneRun: Text = {
  zh: "请给出一个运行文件，例如 baimo score results/x.jsonl",
  en: "Name one run file, such as: baimo score results/x.jsonl",
};

function said({ scored, changed, left, kept }: ScoreCounts, name: string, lang: Lang): string {
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
