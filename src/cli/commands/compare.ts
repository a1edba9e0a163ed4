import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { Comparison } from "../../report/compare/comparison.ts";
import type { ShownComparison } from "../../report/compare/text.ts";
import type { TargetMatch, TargetPair } from "../../report/compare/match-targets.ts";
import type { Command, Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { changeOf, compareTargets } from "../../report/compare/comparison.ts";
import { comparisonHtml } from "../../report/compare/html.ts";
import { comparisonJson } from "../../report/compare/json.ts";
import { comparisonMarkdown, comparisonTerminal } from "../../report/compare/text.ts";
import { readFlips } from "../../report/compare/flips.ts";
import { matchTargets } from "../../report/compare/match-targets.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { commonOptions } from "../options.ts";
import type { View } from "../../report/view/model.ts";
import { findBoard } from "../../store/suites/find-suites.ts";

const failures = ["regression", "latency", "cost"] as const;
type FailOn = (typeof failures)[number];

type Run = { readonly file: string; readonly view: View };

/**
 * Exit 2 where nothing comparable is named or a comparison is refused, 1 where something that `--fail-on`
 * names got worse, 3 where the data do not suffice for a verdict, else 0.
 */
export const command: Command = {
  summary: { zh: "比较运行文件：差多少、多确定", en: "compare run files: how much, how sure" },
  usage: "BASE [NEW…] [--map a=b]… [--fail-on regression[,latency,cost]]",
  options: {
    map: {
      type: "string",
      multiple: true,
      help: { zh: "基准目标=新目标；可多次", en: "base target=new target; repeatable" },
    },
    board: commonOptions.totalBoard,
    "fail-on": {
      type: "string",
      help: {
        zh: "regression、latency、cost，逗号分隔",
        en: "regression, latency, cost, by commas",
      },
    },
    margin: {
      type: "string",
      help: {
        zh: "多少分以内算持平，默认 5",
        en: "points within which it is a tie; 5 unless said",
      },
    },
    seed: {
      type: "string",
      help: { zh: "自助法的种子，默认 7", en: "seed of the bootstrap; 7 unless said" },
    },
    force: commonOptions.forceComparison,
    json: commonOptions.json,
    format: {
      type: "string",
      help: { zh: "table（默认）、md、html、json", en: "table (default), md, html, json" },
    },
    out: commonOptions.out,
  },
  run: async (parsed, context) => {
    const options = await readOptions(parsed, context);
    const runs = await readRuns(parsed, context);
    const shown: ShownComparison[] = [];
    for (const pair of runPairs(runs)) shown.push(...(await compareRuns(pair, options)));
    await write(shown, options, context);
    return exitCode(
      shown.map(({ comparison }) => comparison),
      options.failOn,
    );
  },
};

type Options = {
  readonly board: Board | null;
  readonly mapped: readonly TargetPair[];
  readonly failOn: readonly FailOn[];
  readonly margin: number;
  readonly seed: number;
  readonly force: boolean;
  readonly format: "table" | "md" | "html" | "json";
  readonly out: string | null;
};

async function readOptions({ values }: Parsed, { cwd }: Context): Promise<Options> {
  const board = values["board"];
  const folders = { cwd, builtin: builtinFolder("suites") };
  return {
    board: typeof board === "string" ? await findBoard(board, folders) : null,
    mapped: mapOf(values["map"]),
    failOn: failOnOf(values["fail-on"]),
    margin: numberOf("margin", values["margin"], 5) / 100,
    seed: numberOf("seed", values["seed"], 7),
    force: values["force"] === true,
    format: formatOf(values),
    out: typeof values["out"] === "string" ? resolve(cwd, values["out"]) : null,
  };
}

type Value = Parsed["values"][string];

function mapOf(value: Value): readonly TargetPair[] {
  return [value ?? []].flat().map((each) => {
    const [base = "", fresh = "", more] = String(each).split("=");
    if (base !== "" && fresh !== "" && more === undefined) return { base, new: fresh };
    throw new UserError({
      zh: `--map ${String(each)} 应写成 基准目标=新目标`,
      en: `--map ${String(each)} should read base-target=new-target`,
    });
  });
}

function failOnOf(value: Value): readonly FailOn[] {
  if (typeof value !== "string") return [];
  return value.split(",").map((name) => {
    const found = failures.find((each) => each === name.trim());
    if (found !== undefined) return found;
    throw new UserError({
      zh: `--fail-on 不认识 ${name}；可用：${failures.join("、")}`,
      en: `--fail-on knows no ${name}; known: ${failures.join(", ")}`,
    });
  });
}

function numberOf(name: string, value: Value, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new UserError({
    zh: `--${name} 应是不小于 0 的数，而不是 ${String(value)}`,
    en: `--${name} should be a number from 0 up, not ${String(value)}`,
  });
}

function formatOf(values: Parsed["values"]): Options["format"] {
  const asked = values["json"] === true ? "json" : (values["format"] ?? "table");
  if (asked === "table" || asked === "md" || asked === "html" || asked === "json") return asked;
  throw new UserError({
    zh: `不认识的格式 ${String(asked)}；可用：table、md、html、json`,
    en: `Unknown format ${String(asked)}; known: table, md, html, json`,
  });
}

async function readRuns({ positionals }: Parsed, { cwd }: Context): Promise<readonly Run[]> {
  if (positionals.length === 0) {
    throw new UserError({
      zh: "请给出运行文件：baimo compare 基准.jsonl 新.jsonl",
      en: "Name run files: baimo compare base.jsonl new.jsonl",
    });
  }
  const runs: Run[] = [];
  for (const name of positionals) {
    const file = resolve(cwd, name);
    const view = await readView([file]);
    if (view.targets.every(({ rows }) => rows.length === 0)) throw emptyRun(name);
    runs.push({ file, view });
  }
  return runs;
}

const emptyRun = (name: string): UserError =>
  new UserError({ zh: `${name} 里没有任何回答`, en: `${name} holds no answer` });

/** Each later run against the first; one run alone against itself, for two of its targets. */
const runPairs = (runs: readonly Run[]): readonly { readonly base: Run; readonly new: Run }[] => {
  const [base, ...others] = runs;
  if (base === undefined) return [];
  return (others.length === 0 ? [base] : others).map((fresh) => ({ base, new: fresh }));
};

async function compareRuns(
  { base, new: fresh }: { readonly base: Run; readonly new: Run },
  options: Options,
): Promise<readonly ShownComparison[]> {
  if (base === fresh && options.mapped.length === 0) {
    throw new UserError({
      zh: "只有一个运行文件时，用 --map 指明比较哪两个目标",
      en: "With one run file, name the two targets with --map a=b",
    });
  }
  const match = matchTargets(base.view, fresh.view, options.mapped);
  const shown: ShownComparison[] = [];
  for (const targets of match.pairs) {
    const views = { base: base.view, new: fresh.view };
    const comparison = compareTargets(views, targets, options);
    if (comparison === null) continue;
    refuseUnless(comparison, options.force);
    shown.push(await withTexts(comparison, base, fresh, match));
  }
  return shown;
}

function refuseUnless({ findings, refused, targets, total }: Comparison, force: boolean): void {
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
  throw new UserError({
    zh: `${name} 不可比：${both("zh")}。加 --force 可强行比较。`,
    en: `${name} cannot be compared: ${both("en")}. Use --force to compare all the same.`,
  });
}

async function withTexts(
  comparison: Comparison,
  base: Run,
  fresh: Run,
  match: TargetMatch,
): Promise<ShownComparison> {
  const before = base.view.byRef.get(comparison.targets.base);
  const after = fresh.view.byRef.get(comparison.targets.new);
  const runs = { base: base.view.run?.id ?? "", new: fresh.view.run?.id ?? "" };
  if (before === undefined || after === undefined) {
    return { comparison, runs, match, lost: [], won: [] };
  }
  const sides = {
    base: { view: base.view, target: before },
    new: { view: fresh.view, target: after },
  };
  const files = { base: base.file, new: fresh.file };
  return {
    comparison,
    runs,
    match,
    lost: await readFlips(sides, files, comparison.lost),
    won: await readFlips(sides, files, comparison.won),
  };
}

async function write(
  shown: readonly ShownComparison[],
  { format, out }: Options,
  { lang, columns, print }: Context,
): Promise<void> {
  const text =
    format === "json"
      ? JSON.stringify(shown.map(comparisonJson), null, 2)
      : format === "html"
        ? comparisonHtml(shown, lang)
        : shown
            .map((each) =>
              format === "md"
                ? comparisonMarkdown(each, { lang })
                : comparisonTerminal(each, out === null ? { lang, width: columns } : { lang }),
            )
            .join("\n");
  if (out === null) print(text);
  else await writeFile(out, `${text}\n`);
}

function exitCode(comparisons: readonly Comparison[], failOn: readonly FailOn[]): number {
  if (comparisons.some((each) => failOn.some((name) => hasFailed(each, name)))) return 1;
  return comparisons.some(({ total }) => total.verdict === "not enough data") ? 3 : 0;
}

function hasFailed({ total, parts, ratios }: Comparison, name: FailOn): boolean {
  switch (name) {
    case "regression":
      return total.verdict === "worse" || parts.some(({ verdict }) => verdict === "worse");
    case "latency":
      return changeOf(ratios.first_token_ms) === "more" || changeOf(ratios.speed) === "less";
    case "cost":
      return changeOf(ratios.cost, 0.01) === "more";
  }
}
