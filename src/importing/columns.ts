import type { Role } from "./column-names.ts";
import type { ImportNote, ImportSettings } from "./importer.ts";

import { UserError } from "../domain/text.ts";
import { unknownName } from "../validation/suggest.ts";
import { letterOf, levelOf, likelyRole, roleNamed, roles } from "./column-names.ts";

export type { Role } from "./column-names.ts";

/** Which columns play which role; `options` by letter where each option has a column of its own. */
export type ColumnRoles = {
  readonly of: (role: Role) => readonly string[];
  readonly letters: readonly (readonly [letter: string, column: string])[];
  /** What was guessed about the header, and columns of which nothing is used. */
  readonly notes: readonly ImportNote[];
};

/**
 * Finds the columns of a table by their headers and by what the user said (`question=题干`, several joined with `+`).
 * Throws a `UserError` for a role that does not exist and a column that is not there.
 */
export function findColumns(
  header: readonly string[],
  told: ImportSettings["columns"],
): ColumnRoles {
  for (const [role, column] of Object.entries(told)) checkTold(header, role, column);
  const notes: ImportNote[] = [];
  const saidFor = new Set(Object.values(told).flatMap((column) => column.split("+")));
  const free = header.filter((column) => column !== "" && !saidFor.has(column));
  const letters = letterColumns(free, told);
  const lettered = new Set(letters.map(([, column]) => column));
  const rest = free.filter((column) => !lettered.has(column));
  const find = (role: Role): readonly string[] => {
    const said = told[role];
    if (said !== undefined) return said.split("+");
    if (role === "dimension") {
      const levels = rest
        .map((column) => [levelOf(column), column] as const)
        .filter((entry): entry is readonly [number, string] => entry[0] !== null)
        .toSorted(([a], [b]) => a - b);
      if (levels.length > 0) return levels.map(([, column]) => column);
    }
    const named = rest.filter((column) => roleNamed(column) === role);
    const [first, ...others] = named;
    if (first !== undefined) {
      if (others.length > 0 && watched.has(role)) notes.push(severalLike(role, named));
      return [first];
    }
    const likely = rest.find((column) => likelyRole(column) === role);
    if (likely === undefined) return [];
    notes.push(guessed(role, likely));
    return [likely];
  };
  const found = new Map(roles.map((role) => [role, find(role)]));
  // Where nothing marks the right ones, 选项内容 holds all options of a question.
  if (
    found.get("correct")?.length === 0 &&
    found.get("letter")?.length === 0 &&
    found.get("options")?.length === 0 &&
    letters.length === 0
  ) {
    found.set("options", found.get("option") ?? []);
  }
  const used = new Set([...found.values()].flat().concat([...lettered]));
  const idle = header.filter((column) => column !== "" && !used.has(column));
  if (idle.length > 0) notes.push(unused(idle));
  return { of: (role) => found.get(role) ?? [], letters, notes };
}

/** Roles of which a table has one column. */
const watched: ReadonlySet<Role> = new Set(["question", "answer", "type", "rubric", "options"]);

function letterColumns(
  header: readonly string[],
  told: ImportSettings["columns"],
): ColumnRoles["letters"] {
  const found: (readonly [string, string])[] = [];
  for (let index = 0; index < 26; index += 1) {
    const letter = String.fromCodePoint(65 + index);
    const column = told[letter] ?? header.find((each) => letterOf(each) === letter);
    if (column !== undefined) found.push([letter, column]);
  }
  return found.length < 2 ? [] : found;
}

function checkTold(header: readonly string[], role: string, column: string): void {
  if (!/^[A-Z]$/.test(role) && !roles.some((each) => each === role)) {
    const { zh, en } = unknownName({ zh: "角色", en: "role" }, role, roles);
    throw new UserError({
      zh: `--columns：${zh}（选项的列写 A、B、C……）`,
      en: `--columns: ${en} (columns of options are A, B, C …)`,
    });
  }
  for (const each of column.split("+")) {
    if (header.includes(each)) continue;
    const names = header.filter((name) => name !== "");
    throw new UserError({
      zh: `没有名为“${each}”的列；表里有：${names.join("、")}`,
      en: `there is no column "${each}"; the table has: ${names.join(", ")}`,
    });
  }
}

const guessed = (role: Role, column: string): ImportNote => ({
  text: { zh: `“${column}”当作 ${role}`, en: `"${column}" is taken for ${role}` },
  change: `--columns ${role}=…`,
  sure: false,
});

const severalLike = (role: Role, columns: readonly string[]): ImportNote => ({
  text: {
    zh: `${columns.length} 列都像 ${role}：${columns.join("、")}；用的是“${columns[0] ?? ""}”`,
    en: `${columns.length} columns look like ${role}: ${columns.join(", ")}; "${columns[0] ?? ""}" is used`,
  },
  change: `--columns ${role}=…`,
  sure: false,
});

const unused = (columns: readonly string[]): ImportNote => ({
  text: {
    zh: `没有用到的列：${columns.join("、")}`,
    en: `columns not used: ${columns.join(", ")}`,
  },
  change: "--columns",
  sure: true,
});
