import type { Text } from "../../../domain/text.ts";
import type { Refused } from "../review/rulings.ts";
import type { SheetRow } from "../sheet/columns.ts";
import type { ReturnedRow } from "../sheet/read.ts";
import type { Choice } from "./sheet.ts";

import { clean } from "../../render/format.ts";
import { badMoment, momentOf } from "../sheet/moment.ts";
import { spellingReader } from "../sheet/spelling.ts";
import { choiceWords } from "./sheet.ts";

/** What one person chose on one row. */
export type BlindRating = {
  readonly id: string;
  readonly rater: string;
  readonly choice: Choice;
  /** Null where the row does not say when. */
  readonly rated_ms: number | null;
  readonly reason: string;
};

export type Ratings = {
  /** One per person and row, in the order in which they came. */
  readonly ratings: readonly BlindRating[];
  readonly empty: number;
  readonly refused: readonly Refused[];
};

/**
 * Reads what raters chose. Of one person's ratings of a row the later counts, if the rows say when; two that differ
 * without a time are a mistake. `ids` are those of the comparison.
 */
export function ratingsOf(
  rows: readonly ReturnedRow[],
  ids: ReadonlySet<string>,
  rater: string | null,
): Ratings {
  const kept = new Map<string, { readonly row: number; readonly rating: BlindRating }>();
  const refused: Refused[] = [];
  let empty = 0;
  for (const each of rows) {
    const { row } = each;
    const read = "problem" in each ? each.problem : readRow(each.cells, ids, rater);
    if (read === null) empty += 1;
    else if ("zh" in read) refused.push({ row, message: read });
    else {
      const name = JSON.stringify([read.id, read.rater]);
      const before = kept.get(name);
      if (before !== undefined && isContrary(before.rating, read)) {
        refused.push({ row, message: contradicts(before.row) });
      } else if (before === undefined || (read.rated_ms ?? 0) >= (before.rating.rated_ms ?? 0)) {
        kept.set(name, { row, rating: read });
      }
    }
  }
  return { ratings: [...kept.values()].map(({ rating }) => rating), empty, refused };
}

const isContrary = (a: BlindRating, b: BlindRating): boolean =>
  a.choice !== b.choice &&
  (a.rated_ms === b.rated_ms || a.rated_ms === null || b.rated_ms === null);

function readRow(
  cells: SheetRow,
  ids: ReadonlySet<string>,
  fallback: string | null,
): BlindRating | Text | null {
  const cell = (name: string): string => cells[name] ?? "";
  if (cell("choice") === "") return cell("reason") === "" ? null : noChoice;
  const id = cell("id").toLowerCase();
  if (!ids.has(id)) return otherId;
  const choice = choiceOf(cell("choice"));
  if (choice === null) return unknownChoice(cell("choice"));
  const rater = clean(cell("rater"), 64) || fallback;
  if (rater === null) return noRater;
  const time = cell("rated_at");
  const rated_ms = time === "" ? null : momentOf(time);
  if (time !== "" && rated_ms === null) return badMoment(time);
  return { id, rater, choice, rated_ms, reason: cell("reason") };
}

const choiceOf = spellingReader(choiceWords, {
  first: ["甲", "甲好", "1", "回答甲"],
  second: ["乙", "乙好", "2", "回答乙"],
  tie: ["平", "平局", "差不多", "="],
  both_bad: ["都差", "都不行"],
});

const noChoice: Text = {
  zh: "写了理由，但没有选择",
  en: "there is a reason, but no choice",
};
const otherId: Text = {
  zh: "编号不属于这次对比（列缺失、被改动，或揭盲文件不对）",
  en: "the id is not of this comparison (changed, missing, or the wrong key file)",
};
const noRater: Text = {
  zh: "没有评分人；请填“评分人”列，或只导入一份表并用 --reviewer 指定",
  en: "nobody is named in “rater”; fill it in, or import one sheet alone with --reviewer",
};
const unknownChoice = (cell: string): Text => ({
  zh: `不认识的选择“${clean(cell, 40)}”；可用：甲更好、乙更好、一样好、都不好`,
  en: `unknown choice “${clean(cell, 40)}”; known: first, second, tie, both bad`,
});
const contradicts = (row: number): Text => ({
  zh: `与第 ${row} 行是同一人对同一题的选择，但不同；请只留一行，或都填上时间`,
  en: `contradicts row ${row}, the same person's on the same question; keep one, or fill in both times`,
});
