import type { Text } from "../../../domain/text.ts";
import type { ClauseField } from "./raw-clause.ts";

import { clauseColumnNames, runningNumbers } from "./column-names.ts";
import { plainText } from "./plain-text.ts";
import { clauseFields } from "./raw-clause.ts";
import { wholeUnit } from "./units.ts";

/** The columns of a table. */
export type ClauseColumns = {
  readonly at: ReadonlyMap<ClauseField, number>;
  /** A unit in the heading of the bounds, such as 阈值（ms）. */
  readonly unit: string | null;
  readonly notes: readonly Text[];
};

/**
 * Which column says what: by its name, then, where `below` holds the rows, by what stands in it: signs such as ≥, units, ★, numbers.
 * Null where the row is no head, as neither a requirement nor a measure is in it.
 */
export function clauseColumns(
  header: readonly string[],
  below: readonly (readonly string[])[] = [],
): ClauseColumns | null {
  const at = new Map<ClauseField, number>();
  const taken = new Set<number>();
  const take = (field: ClauseField, index: number): void => {
    if (index < 0 || at.has(field) || taken.has(index)) return;
    at.set(field, index);
    taken.add(index);
  };
  const tidied = header.map(tidyName);
  const free = (test: (name: string) => boolean): number =>
    tidied.findIndex((each, index) => each !== "" && !taken.has(index) && test(each));
  for (const field of clauseFields)
    for (const name of clauseColumnNames[field].exact)
      take(
        field,
        free((each) => each === name),
      );
  for (const field of clauseFields)
    for (const name of clauseColumnNames[field].holds)
      take(
        field,
        free((each) => each.length < 20 && each.includes(name)),
      );
  take(
    "no",
    free((each) => runningNumbers.includes(each)),
  );
  if (!at.has("requirement") && !at.has("measure")) return null;
  if (at.size < 2) return null;
  settle(at, below);
  for (const [field, isOne, most] of contents) {
    const index = header.findIndex((_, place) => {
      const cells = below.map((row) => row[place] ?? "").filter((cell) => cell !== "");
      return (
        !taken.has(place) && cells.length > 0 && cells.filter(isOne).length >= cells.length * most
      );
    });
    take(field, index);
  }
  const idle = header.filter(
    (name, index) => name !== "" && !taken.has(index) && !runningNumbers.includes(tidyName(name)),
  );
  const bracket = /[(（]([^()（）]+)[)）]/u.exec(header[at.get("bound") ?? -1] ?? "")?.[1] ?? null;
  return { at, unit: bracket, notes: idle.length === 0 ? [] : [unused(idle)] };
}

/** What stands in a column says more than its name: sentences with figures are requirements, and promised values may be the bounds. */
function settle(at: Map<ClauseField, number>, below: readonly (readonly string[])[]): void {
  const cellsOf = (field: ClauseField): readonly string[] =>
    below
      .map((row) => plainText(row[at.get(field) ?? -1] ?? "").trim())
      .filter((cell) => cell !== "");
  const isMostly = (field: ClauseField, pattern: RegExp): boolean => {
    const cells = cellsOf(field);
    return cells.length > 0 && cells.filter((cell) => pattern.test(cell)).length * 2 > cells.length;
  };
  const move = (from: ClauseField, to: ClauseField): void => {
    at.set(to, at.get(from) ?? -1);
    at.delete(from);
  };
  if (
    !at.has("requirement") &&
    !at.has("bound") &&
    isMostly("measure", /[≥≤<>]\s*\d|[于过至达]\D{0,6}\d/u)
  )
    move("measure", "requirement");
  if (at.has("measure") && !at.has("bound") && isMostly("value", boundCell)) move("value", "bound");
}

const relationCell =
  /^(?:[≥≤<>=]+|(?:大于|小于|不低于|不高于|不超过|不少于|不大于|不小于)(?:等于)?|高于|低于|至少|至多)$/u;
const boundCell =
  /^(?:[≥≤<>=]|不|低于|高于|大于|小于|至少|至多|少于|超过)?[^\p{L}]*\d[\d.]*\s*[^\d]{0,10}$/u;

/** What cells of a column without a known name look like, and which share of them has to. */
const contents: readonly (readonly [ClauseField, (cell: string) => boolean, number])[] = [
  ["relation", (cell) => relationCell.test(plainText(cell).trim()), 0.8],
  ["unit", (cell) => wholeUnit(cell) !== null, 0.8],
  ["mark", (cell) => /^(?:[★☆▲△]+|必须满足|实质性条款?|重要|一般|关键)$/u.test(cell.trim()), 1],
  ["bound", (cell) => boundCell.test(plainText(cell).trim()), 0.8],
];

/** Without blanks, brackets and marks for required columns. */
const tidyName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[(（[【][^)）\]】]*[)）\]】]/gu, "")
    .replaceAll(/[\s:*.]/gu, "");

const unused = (columns: readonly string[]): Text => ({
  zh: `没有用到的列：${columns.join("、")}`,
  en: `columns not used: ${columns.join(", ")}`,
});
