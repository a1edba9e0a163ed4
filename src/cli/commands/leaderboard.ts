import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { View } from "../../report/view/model.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { leaderboardCsv } from "../../report/leaderboard/csv.ts";
import { leaderboardHtml } from "../../report/leaderboard/html.ts";
import { leaderboardJson } from "../../report/leaderboard/json.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { leaderboardMarkdown } from "../../report/leaderboard/markdown.ts";
import { withRedLines } from "../../report/leaderboard/red-lines.ts";
import { leaderboardTerminal } from "../../report/leaderboard/text.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { choice, defineCommand, flag, type OptionsOf } from "../options.ts";
import { shared } from "../shared-options.ts";

const options = {
  board: shared.board,
  format: choice(
    {
      zh: "table（默认）、md、csv、html、json",
      en: "table (default), md, csv, html, json",
    },
    ["table", "md", "csv", "html", "json"],
    "table",
  ),
  out: shared.out,
  bradleyTerry: flag({
    zh: "由裁判的两两比较拟合 Bradley–Terry 强度",
    en: "fit Bradley–Terry strengths to the judges' comparisons",
  }),
  wide: flag({ zh: "显示所有列", en: "show every column" }),
};

type Shown = Pick<OptionsOf<typeof options>, "format" | "out" | "wide">;

/** Exit 0, or 3 where nothing could be ranked. */
export const command = defineCommand({
  usage: "RUN… [--board b] [--format table|md|csv|html|json] [-o f] [--wide] [--bradley-terry]",
  options,
  run: async ({ board: name, bradleyTerry, positionals, ...shown }, context) => {
    const files = positionals.map((file) => resolve(context.cwd, file));
    if (files.length === 0) throw missingRun;
    const folders = { cwd: context.cwd, builtin: builtinFolder("suites") };
    const board = name === null ? null : await findBoard(name, folders);
    const view = await readView(files);
    const leaderboard = await withRedLines(view, leaderboardOf(view, { board, bradleyTerry }), {
      files,
      board,
    });
    await write(render(view, leaderboard, shown, context), shown, context);
    return leaderboard.entries.some(({ summary }) => summary.counted > 0) ? 0 : 3;
  },
});

async function write(text: string, { out }: Shown, { cwd, print }: Context): Promise<void> {
  if (out === null) print(text.replace(/\n$/, ""));
  else await writeFile(resolve(cwd, out), text);
}

const missingRun = new UserError({
  zh: "请给出至少一个运行文件，例如 baimo leaderboard results/*.jsonl",
  en: "Name at least one run file, such as: baimo leaderboard results/*.jsonl",
});

function render(
  view: View,
  board: Leaderboard,
  { format, out, ...shown }: Shown,
  { lang, columns, isTTY }: Context,
): string {
  const toFile = out !== null;
  const wide = shown.wide || toFile;
  const wrapped = isTTY && !toFile;
  switch (format) {
    case "table":
      return `${leaderboardTerminal(view, board, { lang, width: columns, wide, wrapped })}\n`;
    case "md":
      return leaderboardMarkdown(view, board, lang);
    case "csv":
      return leaderboardCsv(board, lang);
    case "html":
      return leaderboardHtml(view, board, lang);
    case "json":
      return `${JSON.stringify(leaderboardJson(view, board), null, 2)}\n`;
  }
}
