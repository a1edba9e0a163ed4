import { basename, join, resolve } from "node:path";

import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { RowRemark, WebAnswers } from "../../report/people/answers/read.ts";
import type { ReturnedRow } from "../../report/people/sheet/read.ts";

import { UserError } from "../../domain/text.ts";
import { headerElsewhere, targetElsewhere } from "../../importing/runs/lines.ts";
import { createSkips } from "../../importing/runs/skips.ts";
import { webAnswersOf } from "../../report/people/answers/read.ts";
import { answerColumns, neededAnswerColumns } from "../../report/people/answers/sheet.ts";
import { webAskOf } from "../../report/people/answers/web-ask.ts";
import { readSheet } from "../../report/people/sheet/read.ts";
import { packageVersion } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { openGraders } from "../../store/graders.ts";
import { mustBeNew, writeGradedRun } from "../import/graded-run.ts";
import { skippedLines } from "../import/skipped-lines.ts";
import { type LoadedSuites, loadSuites, suiteEntryOf } from "../import/suite-lines.ts";
import { ownName, shownPath } from "../names.ts";
import { amount, defineCommand, flag, list, text } from "../options.ts";
import { newRunId } from "../run/session.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, or 3 where rows were refused or judges ran out of money. */
export const command = defineCommand({
  usage: "questions.xlsx [--target web/doubao] [--who 张三] [-o FILE] [--suite s]…",
  options: {
    out: { ...text({ zh: "要写的运行文件", en: "the run file to write" }), short: "o" },
    target: text({
      zh: "没有写模型的行算哪个目标，如 web/doubao",
      en: "the target of rows that name no model, such as web/doubao",
    }),
    who: text({ zh: "没有写谁问的行算谁", en: "who asked, for rows that do not say" }),
    suite: list({
      zh: "题集，默认按题号在 ./suites 和内置题集里找，可重复",
      en: "the suite, by default found by the ids of items, repeatable",
    }),
    config: shared.judgeConfig,
    maxCost: amount({ zh: "裁判最多花多少钱，如 5CNY", en: "most money for judges, such as 5CNY" }),
    allowUnknownPrice: flag({
      zh: "有金额上限时，也问价格未知的裁判",
      en: "ask judges of unknown price under a cap too",
    }),
  },
  run: async (options, context) => {
    const { cwd, lang, print } = context;
    const [name, ...more] = options.positionals;
    if (name === undefined || more.length > 0) throw oneSheet;
    const rows = await readSheet(resolve(cwd, name), answerColumns([]), neededAnswerColumns);
    const suites = await loadSuites(
      options.suite.length > 0 ? options.suite : suitesIn(rows),
      context,
    );
    const asks = new Map(suites.lines.map((line) => [line.item, webAskOf(line)] as const));
    const read = webAnswersOf(rows, asks, {
      targetOf: (model) => targetOf(model, options.target),
      who: options.who,
    });
    if (read.answers.length === 0) throw nothing(name, read, lang);
    const config = await readConfig(cwd, options.config);
    const id = newRunId(context.now());
    const out = options.out ?? join("results", `${id}.jsonl`);
    const file = resolve(cwd, out);
    await mustBeNew(file, out);
    const header = headerElsewhere({
      id,
      tool: { ...packageVersion(), node: process.version },
      now: context.now(),
      suites: entriesOf(suites, read),
      targets: targetsOf(read, basename(name)),
      trials: read.trials,
      items: read.items.length,
    });
    const left = await context.finishing(() =>
      writeGradedRun(
        {
          file,
          header,
          refs: gradersIn(read),
          config,
          graders: openGraders(config),
          items: read.items,
          answers: each(read.answers),
          graded: () => {},
        },
        options,
        context,
      ),
    );
    for (const line of summaryLines(read, suites.lines.length, lang)) print(line);
    const next = `${ownName(context)} leaderboard ${shownPath(file, context)}`;
    print(
      lang === "zh" ? `已写入 ${out}；看排行榜：${next}` : `wrote ${out}; the leaderboard: ${next}`,
    );
    return read.refused.length > 0 || left > 0 ? 3 : 0;
  },
});

/** The first part of an item's id. */
const suitesIn = (rows: readonly ReturnedRow[]): readonly string[] => {
  const found = rows.flatMap((row) =>
    "cells" in row ? [(row.cells["item"] ?? "").split("/")[0]?.trim() ?? ""] : [],
  );
  return [...new Set(found)].filter((id) => id !== "");
};

/** `doubao` is `web/doubao`; a row's own model goes before the command's. */
function targetOf(model: string, asked: string | null): string | null {
  const name = model === "" ? asked : model;
  if (name === null || name === "") return null;
  return name.includes("/") ? name : `web/${name}`;
}

const vendors = { zh: "网页", en: "web page" };

const targetsOf = ({ answers }: WebAnswers, file: string): readonly TargetEntry[] =>
  [...Map.groupBy(answers, ({ answer }) => answer.target)].map(([ref, own]) => {
    const who = own.flatMap(({ answer }) => answer.collected?.who ?? []);
    const when = own.flatMap(({ answer }) => answer.collected?.when ?? []).toSorted();
    return targetElsewhere(ref, vendors, {
      from: "web",
      version: null,
      file,
      who: [...new Set(who)],
      first: when[0] ?? null,
      last: when.at(-1) ?? null,
    });
  });

const entriesOf = ({ files }: LoadedSuites, { items }: WebAnswers) =>
  files.flatMap((file) => {
    const own = items.filter(({ suite }) => suite === file.suite.id).length;
    return own === 0 ? [] : [suiteEntryOf(file, own)];
  });

const gradersIn = ({ items }: WebAnswers): readonly GraderRef[] => {
  const refs = items.flatMap(({ turns }) => turns.flatMap(({ grader }) => grader ?? []));
  return [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()];
};

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

function summaryLines(
  { answers, items, empty, refused, remarks }: WebAnswers,
  all: number,
  lang: Lang,
): readonly string[] {
  const targets = new Set(answers.map(({ answer }) => answer.target));
  const nameless = answers.filter(({ answer }) => (answer.collected?.who ?? null) === null).length;
  const zh = lang === "zh";
  return [
    zh
      ? `导入 ${answers.length} 次作答：${items.length} 题，${[...targets].join("、")}${empty === 0 ? "" : `；${empty} 行没有回答，榜上算缺答`}${items.length < all ? `（题集共 ${all} 题）` : ""}`
      : `${answers.length} answers taken: ${items.length} items, ${[...targets].join(", ")}${empty === 0 ? "" : `; ${empty} rows have no answer and count as missing`}${items.length < all ? ` (the suite has ${all} items)` : ""}`,
    ...remarkLines(refused, lang),
    ...(remarks.length === 0
      ? []
      : [
          zh ? "已导入但请留意：" : "taken, but look at these:",
          ...remarkLines(remarks, lang, { zh: "留意", en: "look at" }),
        ]),
    ...(nameless === 0
      ? []
      : [
          zh
            ? `${nameless} 次作答没有写是谁问的；可在表里填“谁问的”，或用 --who`
            : `${nameless} answers do not say who asked; fill 谁问的 (who), or say --who`,
        ]),
  ];
}

/** By reason, as other imports list them. */
function remarkLines(remarks: readonly RowRemark[], lang: Lang, verb?: Text): readonly string[] {
  const skips = createSkips();
  for (const { row, message } of remarks) skips.add(message, String(row));
  return skippedLines(skips.all(), lang, verb);
}

const nothing = (name: string, read: WebAnswers, lang: Lang): UserError => {
  const why = remarkLines(read.refused, lang);
  const said = why.length === 0 ? "" : `\n${why.join("\n")}`;
  return new UserError({
    zh: `${name}：没有一行填了能导入的回答（空行 ${read.empty}）${said}`,
    en: `${name}: no row holds an answer that can be taken (empty rows: ${read.empty})${said}`,
  });
};

const oneSheet = new UserError({
  zh: "请给出一张填好的表，例如 baimo import answers questions.xlsx --target web/doubao",
  en: "Name one filled sheet, such as: baimo import answers questions.xlsx --target web/doubao",
});
