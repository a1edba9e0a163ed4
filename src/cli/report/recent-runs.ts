import { join } from "node:path";

import type { RunLine } from "../../domain/run-file/header.ts";
import type { Context } from "../context.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { beijingClock, beijingDay } from "../../report/nightly/record.ts";
import { clean } from "../../report/render/format.ts";
import { newestRuns } from "../../store/runs/newest.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { shownPath } from "../names.ts";

/** So many are listed. */
const mostListed = 5;

/**
 * The error of a command that was given no run file, with the newest ones of `results/`: when each began, what it asked and whom.
 * Several of an hour differ in little but their names.
 */
export async function noRunNamed(asked: Text, context: Pick<Context, "cwd">): Promise<UserError> {
  const known: { readonly file: string; readonly header: RunLine }[] = [];
  for (const file of await newestRuns(join(context.cwd, "results"))) {
    if (known.length === mostListed) break;
    const header = await readHeader(file).catch(() => null);
    if (header !== null) known.push({ file: shownPath(file, context), header });
  }
  if (known.length === 0) return new UserError(asked);
  const lines = (comma: string): string =>
    known.map(({ file, header }) => `  ${file}  ${aboutRun(header, comma)}`).join("\n");
  return new UserError({
    zh: `${asked.zh}。最近的（时间为北京时间，文件名里的是 UTC；不要的文件可以删掉）：\n${lines("、")}`,
    en: `${asked.en}. The newest (times of Beijing, those in names UTC; a file that is not wanted may be deleted):\n${lines(", ")}`,
  });
}

function aboutRun({ started_at, suites, targets }: RunLine, comma: string): string {
  const models = targets.filter(({ baseline }) => !baseline);
  const asked = (models.length === 0 ? targets : models).map(({ ref }) => ref);
  const named = (names: readonly string[]): string =>
    [...names.slice(0, 3), ...(names.length > 3 ? ["…"] : [])]
      .map((name) => clean(name))
      .join(comma);
  return `${beijingDay(started_at)} ${beijingClock(started_at)}  ${named(suites.map(({ id }) => id))}  ${named(asked)}`;
}
