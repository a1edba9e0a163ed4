import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { ComparedRun } from "../../report/compare/compare-runs.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import type { TargetPair } from "../../report/compare/match-targets.ts";
import type { ShownComparison } from "../../report/compare/text.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { changesOf, isLatencyOpen } from "../../report/compare/changes.ts";
import { compareRuns } from "../../report/compare/compare-runs.ts";
import { comparisonJson } from "../../report/compare/json.ts";
import { comparisonMarkdown, comparisonTerminal } from "../../report/compare/text.ts";
import { isUndecided } from "../../report/compare/verdict.ts";
import { comparisonReport, figuresPage } from "../../report/page/first-view.ts";
import { jsonText } from "../../report/render/plain.ts";
import { boardOfSuites } from "../../report/run/board-of-suites.ts";
import { editedSuite, editedText } from "../../report/run/edited-suite.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { isLoadFile } from "../../store/load/load-file.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { wrapsTables } from "../context.ts";
import { choice, defineCommand, number, type Option, parsed, points, refused } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { refuseBoardAndSuites, shared } from "../shared-options.ts";

const failures = ["regression", "latency", "cost"] as const;
type Failure = (typeof failures)[number];

/**
 * Exit 2 where nothing comparable is named or a comparison is refused, 1 where something that `--fail-on`
 * names got worse, 3 where there is too little data for a verdict or times were not trusted, else 0.
 */
export const command = defineCommand({
  usage: "BASE [NEW…] [--map a=b]… [--suite s]… [--by tag]… [--fail-on regression[,latency,cost]]",
  options: {
    map: targetPairs({ zh: "基准目标=新目标，可重复", en: "base target=new target, repeatable" }),
    board: shared.totalBoard,
    suite: shared.onlySuite,
    by: shared.by,
    failOn: parsed(
      { zh: "regression、latency、cost，逗号分隔", en: "regression, latency, cost, by commas" },
      failuresOf,
      [],
    ),
    margin: points(
      { zh: "多少分以内算持平，默认 5", en: "points within which it is a tie (default 5)" },
      { least: 0 },
      0.05,
    ),
    seed: number(
      { zh: "随机抽取的种子，默认 7", en: "seed of the random draws (default 7)" },
      { least: 0 },
      7,
    ),
    force: shared.forceComparison,
    json: shared.json,
    format: choice(
      { zh: "table（默认）、md、html、json", en: "table (default), md, html, json" },
      ["table", "md", "html", "json"],
      "table",
    ),
    out: shared.out,
  },
  exits: {
    zh: "0 有结论（变差也是 0，除非写了 --fail-on）；1 --fail-on 所列的变差；3 差别不确定，题数或数据不足以断定变化或持平，或时间不可信；2 用法有误或不可比",
    en: "0 there is a verdict (worse, too, without --fail-on); 1 something that --fail-on names got worse; 3 the difference is uncertain: too little was asked to call it a change or a tie, or times are not trusted; 2 wrong usage, or nothing comparable",
  },
  run: async (options, context) => {
    const { cwd } = context;
    const named = options.positionals.map((name) => resolve(cwd, name));
    const isLoad = await Promise.all(named.map(isLoadFile));
    if (isLoad.length > 0 && isLoad.every(Boolean)) {
      const { compareLoadFiles } = await import("../load/compare-loads.ts");
      const format = options.json ? "json" : options.format;
      return compareLoadFiles(options.positionals, { ...options, format }, context);
    }
    refuseBoardAndSuites(options.board, options.suite);
    const found =
      options.board === null
        ? null
        : await findBoard(options.board, { cwd, builtin: builtinFolder("suites") });
    const runs = await readRuns(await runFilesAmong(options.positionals, context), cwd);
    const board =
      boardOfSuites(
        options.suite,
        runs.flatMap(({ view }) => view.runs),
      ) ?? found;
    const shown: ShownComparison[] = [];
    for (const pair of runPairs(runs)) {
      if (pair.base === pair.new && options.map.length === 0) throw missingTargets(pair.base);
      const admit = (comparison: Comparison) => {
        refuseUnless(comparison, pair, options.force);
      };
      shown.push(...(await compareRuns(pair, { ...options, board, suites: options.suite, admit })));
    }
    const text = await render(shown, options.json ? "json" : options.format, options.out, context);
    if (options.out === null) context.print(text);
    else {
      await writeFile(resolve(cwd, options.out), `${text}\n`);
      context.print({ zh: `已写入 ${options.out}`, en: `Written to ${options.out}` }[context.lang]);
    }
    const code = exitCode(
      shown.map(({ comparison }) => comparison),
      options.failOn,
    );
    if (code === 3) context.warn(leftOpen[context.lang]);
    return code;
  },
});

const leftOpen: Text = {
  zh: "退出码 3：还断不定有没有变化（或时间不可信）；多问些题或多跑几遍",
  en: "Exit code 3: nothing can be told yet (or times are not trusted); ask more questions or run more trials",
};

function targetPairs(help: Text): Option<readonly TargetPair[]> {
  const pairOf = (given: string, named: string): TargetPair => {
    const [base = "", fresh = "", more] = given.split("=");
    if (base !== "" && fresh !== "" && more === undefined) return { base, new: fresh };
    const expected = {
      zh: "应写成 基准目标=新目标",
      en: "must read base-target=new-target",
    };
    throw refused(named, expected, given);
  };
  return { help, takes: "list", read: (given, named) => given.map((each) => pairOf(each, named)) };
}

function failuresOf(given: string, named: string): readonly Failure[] {
  return given.split(",").map((name) => {
    const found = failures.find((each) => each === name.trim());
    if (found !== undefined) return found;
    const expected = {
      zh: `应是 ${failures.join("、")}，用逗号分隔`,
      en: `must be of ${failures.join(", ")}, by commas`,
    };
    throw refused(named, expected, given);
  });
}

async function readRuns(names: readonly string[], cwd: string): Promise<readonly ComparedRun[]> {
  if (names.length === 0) {
    throw await noRunNamed(
      {
        zh: "请给出运行文件：baimo compare 基准.jsonl 新.jsonl",
        en: "Name run files: baimo compare base.jsonl new.jsonl",
      },
      { cwd },
    );
  }
  const runs: ComparedRun[] = [];
  for (const name of names) {
    const file = resolve(cwd, name);
    const view = await readView([file]);
    if (view.targets.every(({ rows }) => rows.length === 0)) throw emptyRun(name);
    runs.push({ file, view });
  }
  return runs;
}

const emptyRun = (name: string): UserError =>
  new UserError({ zh: `${name} 里没有任何回答`, en: `${name} holds no answer` });

/** Each later run against the first. A single run is compared with itself, for two of its targets. */
const runPairs = (
  runs: readonly ComparedRun[],
): readonly { readonly base: ComparedRun; readonly new: ComparedRun }[] => {
  const [base, ...others] = runs;
  if (base === undefined) return [];
  return (others.length === 0 ? [base] : others).map((fresh) => ({ base, new: fresh }));
};

function missingTargets({ view }: ComparedRun): UserError {
  const asked = view.targets.filter(({ entry }) => entry?.baseline !== true).map(({ ref }) => ref);
  const [base = null, fresh = null] = asked;
  if (base === null || fresh === null) {
    return new UserError({
      zh: `这个运行文件里只有${base === null ? "基线" : ` ${base}`}，没有可以比较的两个目标；再给一个运行文件，例如 baimo compare 之前.jsonl 之后.jsonl`,
      en: `This run file holds ${base ?? "baselines"} alone, and no two targets to compare; name another run file, such as: baimo compare before.jsonl after.jsonl`,
    });
  }
  return new UserError({
    zh: `只有一个运行文件时，用 --map 基准=新 指明比较哪两个目标，例如 --map ${base}=${fresh}`,
    en: `With one run file, --map base=new names the two targets, such as --map ${base}=${fresh}`,
  });
}

function refuseUnless(
  { findings, edited, refused, targets, total }: Comparison,
  sides: { readonly base: ComparedRun; readonly new: ComparedRun },
  force: boolean,
): void {
  const reasons = findings.filter(({ level }) => level === "refuse");
  if ((!refused || force) && total.n > 0) return;
  const both = (lang: "zh" | "en") =>
    reasons.map(({ message }) => message[lang]).join(lang === "zh" ? "；" : "; ");
  const name = targets.base === targets.new ? targets.new : `${targets.base} → ${targets.new}`;
  if (total.n === 0) {
    throw new UserError({
      zh: `${name} 没有可比的题目：${both("zh") || "没有一题两侧都计分"}`,
      en: `${name}: no item can be compared: ${both("en") || "none counts on both sides"}`,
    });
  }
  const runs = [sides.base, sides.new].flatMap(({ view }) => view.runs);
  const suite = edited.length === 0 ? null : editedSuite(runs, edited);
  const told = suite === null ? null : editedText(suite);
  const cure: Text =
    told === null
      ? { zh: "", en: "" }
      : {
          zh: `（${told.what.zh}）。${told.cure.zh}`,
          en: ` (${told.what.en}). ${told.cure.en.replace(/^a/, "A")}`,
        };
  throw new UserError({
    zh: `${name} 不可比：${both("zh")}${cure.zh}。加 --force 可强行比较。`,
    en: `${name} cannot be compared: ${both("en")}${cure.en}. Use --force to compare all the same.`,
  });
}

async function render(
  shown: readonly ShownComparison[],
  format: "table" | "md" | "html" | "json",
  out: string | null,
  context: Context,
): Promise<string> {
  const { lang, columns } = context;
  if (format === "json") return jsonText(shown.map(comparisonJson), 2);
  if (format === "html") return figuresPage(comparisonReport(shown, new Date()), lang);
  return shown
    .map((each) =>
      format === "md"
        ? comparisonMarkdown(each, { lang })
        : comparisonTerminal(
            each,
            out === null ? { lang, width: columns, wrapped: wrapsTables(context) } : { lang },
          ),
    )
    .join("\n");
}

function exitCode(comparisons: readonly Comparison[], failOn: readonly Failure[]): number {
  const told = new Set(comparisons.flatMap((each) => failOn.map((name) => failed(each, name))));
  if (told.has(true)) return 1;
  const isOpen = comparisons.some(({ total }) => isUndecided(total.verdict));
  return told.has(null) || isOpen ? 3 : 0;
}

/** Whether it got worse; null where that cannot be told. */
function failed(comparison: Comparison, name: Failure): boolean | null {
  const { total, parts, red_lines } = comparison;
  const changes = changesOf(comparison);
  switch (name) {
    case "regression":
      if (total.verdict === "worse" || parts.some(({ verdict }) => verdict === "worse"))
        return true;
      if (red_lines.newly_crossed > 0) return true;
      return red_lines.newly_open > 0 ? null : false;
    case "latency":
      if (isLatencyOpen(comparison)) return null;
      return changes.first_token_ms === "more" || changes.speed === "less";
    case "cost":
      return changes.cost === "more";
  }
}
