import { appendFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Gate } from "../../domain/config.ts";
import type { Check } from "../../report/gate/gate.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { Context } from "../context.ts";

import { gateJunit, gateMarkdown, gateTerminal } from "../../report/gate/gate-text.ts";
import { checkGate, completenessChecks } from "../../report/gate/gate.ts";
import { annotationLine, failureAnnotations, stepSummary } from "../../report/gate/github.ts";
import type { View } from "../../report/view/model.ts";

type Run = { readonly view: View; readonly board: Leaderboard; readonly gate: Gate | null };

/**
 * What a run reports beside its leaderboard: the config's gate rules, JUnit XML if it is asked for, and on GitHub the
 * step summary and annotations. Resolves to the checks.
 */
export async function reportRun(
  { view, board, gate }: Run,
  junit: string | null,
  { lang, columns, cwd, env, print }: Context,
): Promise<readonly Check[]> {
  const checks = gate === null ? completenessChecks(board) : checkGate(gate, view, board, null);
  if (gate !== null) print(`\n${gateTerminal(checks, lang, columns)}`);
  if (junit !== null) await writeFile(resolve(cwd, junit), gateJunit(checks, lang));
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary === undefined || summary === "") return checks;
  await appendFile(summary, stepSummary(view, board, lang));
  if (gate !== null) await appendFile(summary, gateMarkdown(checks, lang));
  for (const each of failureAnnotations(view.failures, lang)) print(annotationLine(each));
  return checks;
}
