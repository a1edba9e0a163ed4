import { resolve } from "node:path";

import type { GraderRef } from "../domain/suite.ts";
import type { AnswerLine, ItemLine, ScoreLine } from "../domain/record.ts";
import type { Command, Context, Parsed } from "./command.ts";

import { itemLine } from "../domain/prompt.ts";
import { UserError } from "../domain/text.ts";
import { gradeAnswer } from "../graders/grade.ts";
import { parseGraderOptions } from "../graders/registry.ts";
import { builtinFolder } from "../store/builtin.ts";
import { readConfig } from "../store/config.ts";
import { type Graders, openGraders } from "../store/graders.ts";
import { findSuites } from "../store/find-suites.ts";
import { eachItem } from "../store/items.ts";
import { readHeader, reopenRunFile, scanRun } from "../store/run-file.ts";
import { openRunLines } from "../store/run-lines.ts";
import { readSuite } from "../store/suites.ts";
import { textOf } from "./run-options.ts";

/** Grades every answer of a run file again and appends the scores; the newest score of an answer counts. */
export const command: Command = {
  summary: { zh: "用现有答案重新评分，不调用模型", en: "grade again, without calling a model" },
  usage: "RUN [--grader id] [--with '{…}'] [--suite f]",
  options: {
    grader: { type: "string", help: { zh: "换用这个评分器", en: "use this grader instead" } },
    with: { type: "string", help: { zh: "评分器选项（JSON）", en: "its options as JSON" } },
    suite: {
      type: "string",
      help: { zh: "用这个题集里改正过的答案", en: "take corrected golds from this suite" },
    },
  },
  run: async (parsed, context) => {
    const [name, ...more] = parsed.positionals;
    if (name === undefined || more.length > 0) throw oneRun;
    const file = resolve(context.cwd, name);
    const graders = openGraders(await readConfig(context.cwd, null));
    const grader = await graderOf(parsed, graders);
    const header = await readHeader(file);
    const golds = await goldsOf(parsed, context, header?.settings.reseed ?? null);
    const counts = await regrade(file, graders, (item) =>
      withGrader(correctedOf(item, golds), grader),
    );
    context.print(
      {
        zh: `${counts.scored} 条答案重新评分，${counts.changed} 条的判定变了；已写入 ${name}`,
        en: `${counts.scored} answers graded again, ${counts.changed} verdicts changed; written to ${name}`,
      }[context.lang],
    );
    return 0;
  },
};

const oneRun = new UserError({
  zh: "请给出一个运行文件，例如 baimo score results/x.jsonl",
  en: "Name one run file, such as: baimo score results/x.jsonl",
});

type Counts = { scored: number; changed: number };

/** Appends a score for every answer in the file's order, and an item line where its gold was corrected. */
async function regrade(
  file: string,
  graders: Graders,
  correct: (item: ItemLine) => ItemLine,
): Promise<Counts> {
  const items = new Map<string, number>();
  const answers: number[] = [];
  const before = new Map<string, ScoreLine["verdict"]>();
  const scanned = await scanRun(file, (line, offset) => {
    if (line.kind === "item") items.set(line.item, offset);
    if (line.kind === "answer") answers.push(offset);
    if (line.kind === "score") before.set(line.key, line.verdict);
  });
  const lines = await openRunLines(file);
  const writer = await reopenRunFile(file, scanned);
  const counts: Counts = { scored: 0, changed: 0 };
  const told = new Set<string>();
  try {
    for (const offset of answers) {
      const answer = (await lines.at(offset)) as AnswerLine;
      const old = (await lines.at(items.get(answer.item) ?? 0)) as ItemLine;
      const item = correct(old);
      if (item.gold_digest !== old.gold_digest && !told.has(item.item)) {
        told.add(item.item);
        await writer.append({ ...item, asks: old.asks });
      }
      const score = await gradeAnswer(item, answer, graders.load);
      await writer.append(score);
      counts.scored += 1;
      if (before.get(answer.key) !== score.verdict) counts.changed += 1;
    }
    return counts;
  } finally {
    await writer.close();
    await lines.close();
  }
}

async function graderOf({ values }: Parsed, graders: Graders): Promise<GraderRef | null> {
  const use = textOf(values["grader"]);
  if (use === null) return null;
  const grader = await graders.load(use);
  if (grader === null) {
    throw new UserError({
      zh: `没有名为 ${use} 的评分器；可用：${graders.ids().join("、")}`,
      en: `there is no grader ${use}; known: ${graders.ids().join(", ")}`,
    });
  }
  const options = jsonOf(textOf(values["with"]));
  parseGraderOptions(grader, options);
  return { use, with: options };
}

function jsonOf(text: string | null): NonNullable<GraderRef["with"]> {
  try {
    return JSON.parse(text ?? "{}") as NonNullable<GraderRef["with"]>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({
      zh: `--with 不是合法的 JSON：${reason}`,
      en: `--with is not valid JSON: ${reason}`,
    });
  }
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

/** The suite's item where it still asks the same; the gold of another question says nothing. */
function correctedOf(item: ItemLine, golds: ReadonlyMap<string, ItemLine>): ItemLine {
  const corrected = golds.get(item.item);
  const digestOf = ({ asks }: ItemLine) => asks.find(({ wording }) => wording === null)?.ask_digest;
  return corrected !== undefined && digestOf(corrected) === digestOf(item) ? corrected : item;
}

/** The items of the suite that `--suite` names, by key. */
async function goldsOf(
  { values }: Parsed,
  { cwd }: Context,
  reseed: number | null,
): Promise<ReadonlyMap<string, ItemLine>> {
  const golds = new Map<string, ItemLine>();
  const name = textOf(values["suite"]);
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
