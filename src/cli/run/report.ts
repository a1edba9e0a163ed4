import { appendFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Gate } from "../../domain/config.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";

import { checkGate, completenessChecks, gateExitCode } from "../../report/gate/gate.ts";
import { annotationLine, failureAnnotations, stepSummary } from "../../report/gate/github.ts";
import { gateJunit, gateMarkdown, gateRemarks, gateTerminal } from "../../report/gate/text.ts";

type Run = { readonly view: View; readonly board: Leaderboard; readonly gate: Gate | null };

/**
 * What a run reports beside its leaderboard: the config's gate rules, JUnit XML if it is asked for, and on GitHub the
 * step summary and annotations. Resolves to the exit code that the gate asks for, or null without a gate.
 */
export async function reportRun(
  { view, board, gate }: Run,
  junit: string | null,
  { lang, columns, cwd, env, print }: Context,
): Promise<number | null> {
  const checks = gate === null ? completenessChecks(board) : checkGate(gate, view, board, null);
  if (gate !== null) print(`\n${gateTerminal(checks, lang, columns)}`);
  if (junit !== null)
    await writeFile(resolve(cwd, junit), gateJunit(checks, lang, gateRemarks(board, lang)));
  const code = gate === null ? null : gateExitCode(gate, checks, view);
  const summary = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (summary === "") return code;
  await appendFile(summary, stepSummary(view, board, lang));
  if (gate !== null) await appendFile(summary, gateMarkdown(checks, lang));
  for (const each of failureAnnotations(view.failures, lang)) print(annotationLine(each));
  return code;
}
