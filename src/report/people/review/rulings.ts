import type { RunLine } from "../../../domain/run-file/header.ts";
import type { RunFileLine, ReviewLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { Scanned } from "../../../store/runs/reader.ts";
import type { SheetRow } from "../sheet/columns.ts";
import type { ReturnedRow } from "../sheet/read.ts";

import { isGraded } from "../../../domain/outcome.ts";
import { scanRun } from "../../../store/runs/reader.ts";
import { clean } from "../../render/format.ts";
import { badMoment, momentOf } from "../sheet/moment.ts";
import { caseId } from "./case.ts";
import { pointsOf, rulingOf, valueOf } from "./ruling.ts";
import { rowFacts } from "./sheet.ts";

/** What a run file knows of the answers that may be ruled on, and of the rulings that it holds. */
export type Ruled = {
  readonly run: RunLine;
  /** Keys of the answers with words, by their ids. */
  readonly keys: ReadonlyMap<string, string>;
  /** Keys of all answers. */
  readonly known: ReadonlySet<string>;
  /** All rulings by key, in the order of the file. */
  readonly reviews: ReadonlyMap<string, readonly ReviewLine[]>;
  readonly scanned: Scanned;
};

/** Reads a run file for an import. Rejects with a UserError where the file is not one. */
export async function readRuled(file: string): Promise<Ruled> {
  let run: RunLine | null = null;
  const ids = new Map<string, string | null>();
  const reviews = new Map<string, ReviewLine[]>();
  const take = (line: RunFileLine): void => {
    if (line.kind === "run") run ??= line;
    if (line.kind === "answer") {
      ids.set(line.key, isGraded(line.outcome) ? caseId(run?.id ?? "", line) : null);
    }
    if (line.kind !== "review") return;
    const known = reviews.get(line.key);
    if (known === undefined) reviews.set(line.key, [line]);
    else known.push(line);
  };
  const scanned = await scanRun(file, take);
  if (run === null) throw new Error("a run file begins with its header");
  const keys = [...ids].flatMap(([key, id]) => (id === null ? [] : [[id, key] as const]));
  return { run, keys: new Map(keys), known: new Set(ids.keys()), reviews, scanned };
}

/** Each person's newest ruling on each answer. */
export const opinionsOf = ({ reviews }: Ruled): readonly ReadonlyMap<string, ReviewLine>[] =>
  [...reviews.values()].map((lines) => {
    const inTime = lines.toSorted((a, b) => Date.parse(a.when) - Date.parse(b.when));
    return new Map(inTime.map((line) => [line.who, line]));
  });

export type Refused = { readonly row: number; readonly message: Text };

export type Imported = {
  /** To be appended. */
  readonly lines: readonly ReviewLine[];
  /** Rulings that the file holds already. */
  readonly unchanged: number;
  /** Of those, how many their own author has changed since. */
  readonly outdated: number;
  /** Rows without a ruling. */
  readonly empty: number;
  readonly refused: readonly Refused[];
};

export type RulingImportOptions = {
  readonly now_ms: number;
  /** Who ruled, where a row does not say so. */
  readonly reviewer: string | null;
  /** Whose rulings decide over the others'. */
  readonly arbiter: string | null;
};

/** Turns the rows of a returned sheet into rulings. A row that cannot be one is refused with its number and the reason. */
export function rulingsOf(
  rows: readonly ReturnedRow[],
  ruled: Ruled,
  options: RulingImportOptions,
): Imported {
  const lines: ReviewLine[] = [];
  const refused: Refused[] = [];
  const here = new Map<string, { readonly row: number; readonly line: ReviewLine }>();
  let [unchanged, outdated, empty] = [0, 0, 0];
  for (const each of rows) {
    const { row } = each;
    const read = "problem" in each ? each.problem : readRow(each.cells, ruled, options);
    if (read === null) empty += 1;
    else if ("zh" in read) refused.push({ row, message: read });
    else {
      const name = JSON.stringify([read.line.key, read.line.who]);
      const before = here.get(name);
      const state = stateOf(read, ruled.reviews.get(read.line.key) ?? []);
      if (before !== undefined && isContrary(before.line, read)) {
        refused.push({ row, message: contradicts(before.row) });
      } else if (state !== "new" || (before !== undefined && isSame(before.line, read))) {
        unchanged += 1;
        if (state === "outdated") outdated += 1;
      } else {
        here.set(name, { row, line: read.line });
        lines.push(read.line);
      }
    }
  }
  return { lines, unchanged, outdated, empty, refused };
}

/** A ruling as a row states it; `timed` where the row itself says when. */
type Read = { readonly line: ReviewLine; readonly timed: boolean };

/** Null for a row without a ruling, a text for one that cannot be taken. */
function readRow(cells: SheetRow, ruled: Ruled, options: RulingImportOptions): Read | Text | null {
  const cell = (name: string): string => cells[name] ?? "";
  if (cell("ruling") === "") {
    return cell("reason") === "" && cell("ruling_points") === "" ? null : noRuling;
  }
  const facts = rowFacts(cell("id"));
  if (facts === null) return badId;
  const key = ruled.keys.get(facts.id);
  if (key === undefined) return ruled.known.has(cell("key")) ? otherWords : otherRun;
  const verdict = rulingOf(cell("ruling"));
  if (verdict === null) return unknownRuling(cell("ruling"));
  const points = pointsOf(cell("ruling_points"));
  if (points === null) return badPoints(cell("ruling_points"));
  const value = valueOf(verdict, points);
  if ("problem" in value) return value.problem;
  const who = clean(cell("reviewer"), 64) || options.arbiter || options.reviewer;
  if (who === null) return noReviewer;
  const when = whenOf(cell("ruled_at"), ruled.run, options.now_ms);
  if (typeof when !== "number") return when;
  const line: ReviewLine = {
    kind: "review",
    key,
    who,
    when: new Date(when).toISOString(),
    verdict,
    value: value.value,
    reason: cell("reason"),
    ...(facts.sampled ? { sampled: true } : {}),
    ...(facts.draw === null ? {} : { draw: facts.draw }),
    ...(facts.blind ? { blind: true } : {}),
    ...(who === options.arbiter ? { arbiter: true } : {}),
  };
  return { line, timed: cell("ruled_at") !== "" };
}

const dayMs = 86_400_000;

function whenOf(cell: string, run: RunLine, now: number): number | Text {
  if (cell === "") return now;
  const moment = momentOf(cell);
  if (moment === null) return badMoment(cell);
  if (moment > now + dayMs) return futureTime(cell);
  // A date without an hour is its midnight, which may lie before a run of that day.
  return moment < Date.parse(run.started_at) - dayMs ? earlyTime(cell) : moment;
}

/** A row without a time repeats what its author said before, unless it says something new. */
function stateOf(read: Read, reviews: readonly ReviewLine[]): "new" | "known" | "outdated" {
  const own = reviews.filter(({ who }) => who === read.line.who);
  if (!own.some((each) => isSame(each, read))) return "new";
  const last = own.reduce((a, b) => (Date.parse(b.when) >= Date.parse(a.when) ? b : a));
  return isSame(last, read) || read.timed ? "known" : "outdated";
}

const isSame = (known: ReviewLine, { line, timed }: Read): boolean =>
  known.verdict === line.verdict &&
  known.value === line.value &&
  known.reason === line.reason &&
  // Ruled on again because it was drawn, or as the arbiter: that is news, though the words are the same.
  (known.draw !== undefined || line.draw === undefined) &&
  known.arbiter === line.arbiter &&
  (!timed || Date.parse(known.when) === Date.parse(line.when));

/** Two rows of one person on one answer, with nothing that says which of them is the later. */
const isContrary = (before: ReviewLine, read: Read): boolean =>
  Date.parse(before.when) === Date.parse(read.line.when) && !isSame(before, read);

const noRuling: Text = {
  zh: "填了理由或得分，但没有裁定",
  en: "there is a reason or points, but no ruling",
};
const badId: Text = {
  zh: "“编号”列缺失或被改动",
  en: "the cell in column “id” is missing or was changed",
};
const otherRun: Text = {
  zh: "这条回答不属于这次运行",
  en: "this is no answer of this run",
};
const otherWords: Text = {
  zh: "导出之后这条回答已重新生成（或调用失败），请重新导出再裁",
  en: "the answer was given again (or failed) since the export; export anew to rule on it",
};
const noReviewer: Text = {
  zh: "没有裁定人；请填“裁定人”列，或用 --reviewer 指定",
  en: "nobody is named in “reviewer”; fill it in, or use --reviewer",
};
const unknownRuling = (cell: string): Text => ({
  zh: `不认识的裁定“${clean(cell, 40)}”；可用：对、错、部分对、未作答、不计分`,
  en: `unknown ruling “${clean(cell, 40)}”; known: right, wrong, partial, no answer, void`,
});
const badPoints = (cell: string): Text => ({
  zh: `得分“${clean(cell, 40)}”不是 0 到 100 的数`,
  en: `the points “${clean(cell, 40)}” are no number from 0 to 100`,
});
const futureTime = (cell: string): Text => ({
  zh: `时间 ${clean(cell, 40)} 在将来`,
  en: `the time ${clean(cell, 40)} lies in the future`,
});
const earlyTime = (cell: string): Text => ({
  zh: `时间 ${clean(cell, 40)} 早于这次运行`,
  en: `the time ${clean(cell, 40)} lies before the run`,
});
const contradicts = (row: number): Text => ({
  zh: `与第 ${row} 行是同一人对同一条的裁定，但内容不同；请只留一行，或填上时间`,
  en: `contradicts row ${row}, the same person's on the same answer; keep one of them, or fill in the time`,
});
