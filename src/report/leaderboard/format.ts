import type { Board } from "../../domain/board.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { View } from "../view/model.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { loadPlugin, pluginIds } from "../../plugins.ts";

/** How much room there is. A file has all of it. */
export type FormatRoom = {
  readonly lang: Lang;
  /** Columns of the terminal. */
  readonly width: number;
  /** Every column is wanted, however wide the table becomes. */
  readonly wide: boolean;
  /** Lines may be broken at the width. */
  readonly wrapped: boolean;
  /** The only run file that it is of, as its reader can type it. */
  readonly run?: string;
  /** The board whose weights and method the scores follow, where one was named. */
  readonly board?: Board | null;
};

/**
 * A format of leaderboards is one file in `src/report/leaderboard/formats/` that exports `format`; the file's name is its
 * id, which is what `--format` takes.
 */
export type LeaderboardFormat = {
  readonly id: string;
  readonly title: Text;
  /** The whole text, its last line ended. */
  readonly render: (view: View, board: Leaderboard, room: FormatRoom) => string | Promise<string>;
};

/** Ids of the formats: the one for terminals first, the others sorted. */
export const leaderboardFormats = (): readonly string[] => [
  "table",
  ...pluginIds("report/leaderboard/formats").filter((id) => id !== "table"),
];

/** A format, or null if there is none of that name. */
export const loadLeaderboardFormat = (id: string): Promise<LeaderboardFormat | null> =>
  loadPlugin("report/leaderboard/formats", id);
