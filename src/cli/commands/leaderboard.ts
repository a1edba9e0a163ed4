import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { Text } from "../../domain/text.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";

import { leaderboardFormats, loadLeaderboardFormat } from "../../report/leaderboard/format.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { withRedLines } from "../../report/leaderboard/red-lines.ts";
import { withSlices } from "../../report/leaderboard/slice-sections.ts";
import { boardOfSuites } from "../../report/run/board-of-suites.ts";
import { withOwnBanks } from "../../report/safety/own-banks.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { wrapsTables } from "../context.ts";
import { choice, defineCommand, flag, list, type OptionsOf } from "../options.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { refuseBoardAndSuites, shared } from "../shared-options.ts";

const outputs = leaderboardFormats();

const options = {
  board: shared.board,
  suite: list({
    zh: "只按这个题集排名，可重复；几个题集各占一样的份量",
    en: "rank by this suite alone, repeatable; several count alike",
  }),
  format: choice(
    {
      zh: outputs.join("、").replace("table", "table（默认）"),
      en: outputs.join(", ").replace("table", "table (default)"),
    },
    outputs,
    "table",
  ),
  by: shared.by,
  out: shared.out,
  bradleyTerry: flag({
    zh: "由裁判的两两比较拟合 Bradley–Terry 强度",
    en: "fit Bradley–Terry strengths to the judges' comparisons",
  }),
  force: flag({
    zh: "作答与名字所说的设置不符的目标也排名",
    en: "rank targets whose answers are not what their names say, too",
  }),
  wide: flag({ zh: "显示所有列", en: "show every column" }),
};

type Shown = Pick<OptionsOf<typeof options>, "format" | "out" | "wide">;

/** Exit 0, or 3 where nothing could be ranked. */
export const command = defineCommand({
  usage: `RUN… [--board b] [--suite s]… [--by tag]… [--format ${outputs.join("|")}] [-o f] [--wide] [--force] [--bradley-terry]`,
  options,
  run: async (
    { board: name, suite: suites, bradleyTerry, by, force, positionals: named, ...shown },
    context,
  ) => {
    if (named.length === 0) throw await noRunNamed(missingRun, context);
    const positionals = await runFilesAmong(named, context);
    const files = positionals.map((file) => resolve(context.cwd, file));
    refuseBoardAndSuites(name, suites);
    const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
    const found = name === null ? null : await findBoard(name, folders);
    const view = await readView(files, undefined, suites);
    const board = boardOfSuites(suites, view.runs) ?? withOwnBanks(view, found);
    const ranked = leaderboardOf(view, { board, bradleyTerry, force });
    const sliced = await withSlices(view, ranked, { files, board, by });
    const leaderboard = await withRedLines(view, sliced, { files, board });
    const run = positionals.length > 1 ? null : (positionals[0] ?? null);
    const told = { ...shown, board, run };
    await write(await render(view, leaderboard, told, context), shown, context);
    return leaderboard.entries.some(({ summary }) => summary.counted > 0) ? 0 : 3;
  },
});

async function write(text: string, { out }: Shown, { cwd, print }: Context): Promise<void> {
  if (out === null) print(text.replace(/\n$/, ""));
  else await writeFile(resolve(cwd, out), text);
}

const missingRun: Text = {
  zh: "请给出至少一个运行文件，例如 baimo leaderboard results/*.jsonl",
  en: "Name at least one run file, such as: baimo leaderboard results/*.jsonl",
};

async function render(
  view: View,
  leaderboard: Leaderboard,
  {
    format: id,
    out,
    wide,
    board,
    run,
  }: Shown & { readonly board: Board | null; readonly run: string | null },
  context: Context,
): Promise<string> {
  const { lang, columns } = context;
  const format = await loadLeaderboardFormat(id);
  if (format === null) throw new Error(`no format ${id}`);
  const toFile = out !== null;
  const room = {
    lang,
    width: columns,
    wide: wide || toFile,
    wrapped: wrapsTables(context) && !toFile,
    board,
    ...(run === null ? {} : { run }),
  };
  return format.render(view, leaderboard, room);
}
