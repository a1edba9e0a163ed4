import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Board } from "../../domain/board.ts";
import type { Leaderboard } from "../../report/leaderboard/leaderboard.ts";
import type { Command, Context, Parsed } from "../command.ts";

import { UserError } from "../../domain/text.ts";
import { leaderboardHtml } from "../../report/leaderboard/html.ts";
import { leaderboardJson } from "../../report/leaderboard/json.ts";
import {
  leaderboardCsv,
  leaderboardMarkdown,
  leaderboardTerminal,
} from "../../report/leaderboard/text.ts";
import { leaderboardOf } from "../../report/leaderboard/leaderboard.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { commonOptions } from "../options.ts";
import type { View } from "../../report/view/model.ts";
import { findBoard } from "../../store/suites/find-suites.ts";

const formats = ["table", "md", "csv", "html", "json"] as const;
type Format = (typeof formats)[number];

/** Exit 0, or 3 where nothing could be ranked. */
export const command: Command = {
  summary: { zh: "从运行文件生成排行榜", en: "a leaderboard from run files" },
  usage: "RUN… [--board b] [--format table|md|csv|html|json] [-o f] [--wide] [--bradley-terry]",
  options: {
    board: { type: "string", help: { zh: "榜单的 id 或文件", en: "id or file of a board" } },
    format: {
      type: "string",
      help: {
        zh: "table（默认）、md、csv、html、json",
        en: "table (default), md, csv, html, json",
      },
    },
    out: commonOptions.out,
    "bradley-terry": {
      type: "boolean",
      help: {
        zh: "由裁判的两两比较拟合 Bradley–Terry 强度",
        en: "fit Bradley–Terry strengths to the judges' comparisons",
      },
    },
    wide: { type: "boolean", help: { zh: "显示所有列", en: "show every column" } },
  },
  run: async (parsed, context) => {
    const files = parsed.positionals.map((file) => resolve(context.cwd, file));
    if (files.length === 0) throw missingRun;
    const format = formatOf(parsed);
    const board = await boardOf(parsed, context);
    const view = await readView(files);
    const leaderboard = leaderboardOf(view, {
      board,
      bradleyTerry: parsed.values["bradley-terry"] === true,
    });
    const text = render(format, view, leaderboard, parsed, context);
    await writeOut(text, parsed, context);
    return leaderboard.entries.some(({ summary }) => summary.counted > 0) ? 0 : 3;
  },
};

async function writeOut(text: string, { values }: Parsed, context: Context): Promise<void> {
  const { out } = values;
  if (typeof out === "string") await writeFile(resolve(context.cwd, out), text);
  else context.print(text.replace(/\n$/, ""));
}

const missingRun = new UserError({
  zh: "请给出至少一个运行文件，例如 baimo leaderboard results/*.jsonl",
  en: "Name at least one run file, such as: baimo leaderboard results/*.jsonl",
});

function formatOf({ values }: Parsed): Format {
  const asked = values["format"] ?? "table";
  const found = formats.find((format) => format === asked);
  if (found !== undefined) return found;
  throw new UserError({
    zh: `不认识的格式 ${String(asked)}；可用：${formats.join("、")}`,
    en: `Unknown format ${String(asked)}; known: ${formats.join(", ")}`,
  });
}

async function boardOf({ values }: Parsed, { cwd }: Context): Promise<Board | null> {
  const { board } = values;
  if (typeof board !== "string") return null;
  return findBoard(board, { cwd, builtin: builtinFolder("suites") });
}

function render(
  format: Format,
  view: View,
  board: Leaderboard,
  { values }: Parsed,
  { lang, columns, isTTY }: Context,
): string {
  const toFile = typeof values["out"] === "string";
  const wide = values["wide"] === true || toFile;
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
