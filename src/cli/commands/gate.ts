import { appendFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { Gate } from "../../domain/config.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { compareTargets, type Comparison } from "../../report/compare/comparison.ts";
import { matchTargets } from "../../report/compare/match-targets.ts";
import { type Check, fullMessage } from "../../report/gate/check.ts";
import { checkGate, gateExitCode } from "../../report/gate/gate.ts";
import { annotationLine } from "../../report/gate/github.ts";
import { gateJunit, gateMarkdown, gateRemarks, gateTerminal } from "../../report/gate/text.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { withRedLines } from "../../report/leaderboard/red-lines.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { defineCommand, text } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { shared } from "../shared-options.ts";

/**
 * Exit 2 for wrong usage, a config without rules, or a baseline that cannot be compared; 1 where a rule is
 * broken or cannot be decided; 3 where there is too little data or the run is incomplete; else 0.
 */
export const command = defineCommand({
  usage: "RUN [--baseline RUN] [--config f] [--board b] [--junit f]",
  options: {
    baseline: text({ zh: "与这次运行比较", en: "compare with this run" }),
    config: shared.config,
    board: shared.totalBoard,
    junit: shared.junit,
    force: shared.forceComparison,
  },
  run: async ({ baseline, config, board: name, junit, force, positionals }, context) => {
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw await noRunNamed(oneRun, context);
    const rules = (await readConfig(context.cwd, config))?.config.gate;
    const gate = rules ?? (baseline === null ? null : { max_red_lines: 0 });
    if (gate === null) throw noRules;
    const view = await readRun(file, context);
    const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
    const board = name === null ? null : await findBoard(name, folders);
    const comparisons =
      baseline === null
        ? null
        : compareWith(await readRun(baseline, context), view, {
            gate,
            board,
            force,
            oneFile: resolve(context.cwd, baseline) === resolve(context.cwd, file),
          });
    const leaderboard = await withRedLines(view, leaderboardOf(view, { board }), {
      files: [resolve(context.cwd, file)],
      board,
    });
    const checks = checkGate(gate, view, leaderboard, comparisons);
    await report(checks, gateRemarks(leaderboard, context.lang), junit, context);
    return gateExitCode(gate, checks, view);
  },
});

const oneRun: Text = {
  zh: "请给出一个运行文件：baimo gate results/….jsonl",
  en: "Name one run file: baimo gate results/….jsonl",
};

const noRules = new UserError({
  zh: "配置里没有 gate 规则，也没有 --baseline，没有可检查的",
  en: "The config has no gate rules and there is no --baseline: nothing to check",
});

async function readRun(file: string, { cwd }: Context): Promise<View> {
  const view = await readView([resolve(cwd, file)]);
  if (view.targets.some(({ rows }) => rows.length > 0)) return view;
  throw new UserError({ zh: `${file} 里没有任何回答`, en: `${file} holds no answer` });
}

/** A refused comparison ends the command, because a gate that compares nothing would pass. */
function compareWith(
  base: View,
  fresh: View,
  {
    gate,
    force,
    ...options
  }: { gate: Gate; board: Board | null; force: boolean; oneFile: boolean },
): readonly Comparison[] {
  const margin = (gate.regression?.margin ?? 5) / 100;
  return matchTargets(base, fresh).pairs.flatMap((targets) => {
    const comparison = compareTargets({ base, new: fresh }, targets, { ...options, margin });
    if (comparison === null) return [];
    const { findings, refused, total } = comparison;
    if (total.n > 0 && (!refused || force)) return [comparison];
    const reasons = findings.filter(({ level }) => level === "refuse");
    const list = (lang: "zh" | "en") => reasons.map(({ message }) => message[lang]).join("; ");
    throw new UserError({
      zh: `${targets.new} 与基准不可比：${list("zh") || "没有一题两侧都计分"}`,
      en: `${targets.new} cannot be compared with the baseline: ${list("en") || "no item counts on both sides"}`,
    });
  });
}

async function report(
  checks: readonly Check[],
  remarks: readonly string[],
  junit: string | null,
  { lang, columns, cwd, env, print }: Context,
): Promise<void> {
  print(gateTerminal(checks, lang, columns, remarks));
  if (junit !== null) await writeFile(resolve(cwd, junit), gateJunit(checks, lang, remarks));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary === undefined || summary === "") return;
  await appendFile(summary, gateMarkdown(checks, lang, remarks));
  for (const each of checks) {
    const { result, target, rule } = each;
    if (result === "passed") continue;
    const level = result === "undecided" ? "warning" : "error";
    print(
      annotationLine({
        level,
        title: `${target ?? "run"} ${rule}`,
        message: fullMessage(each, lang),
      }),
    );
  }
}
