import type { Segment } from "../../../text/segments/segment.ts";

import { unitNamed } from "../../../text/quantity/unit-expression.ts";

const row = /^[\s>]*\|.*\|[ \t]*$/;

/** |z|=5 is no row. */
const isRow = (text: string): boolean => /^[\s>]*\|(?!\S{1,8}\|\s?[=<>≤≥])/.test(text);

const isTabular = ({ text, wrapper }: Segment): boolean => wrapper === "table" || isRow(text);

/** A longer table is looping. */
const mostRows = 200;

/**
 * The parts of a reply with each table as one part, which tells every number under its row's label and its column's head:
 * 求平均 结果: 84. The cells of a column for the answer stay parts of their own where the table has just one.
 */
export function withTablesTold<Part extends Segment>(
  parts: readonly Part[],
  source: string,
): readonly Part[] {
  if (!parts.some(isTabular)) return parts;
  const told: Part[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part === undefined) break;
    let until = at;
    while (until < parts.length && isOfTable(parts[until])) until++;
    if (until === at) {
      told.push(part);
      continue;
    }
    const table = parts.slice(at, until);
    at = until - 1;
    const answers = table.filter(({ wrapper }) => wrapper === "table");
    const end = table.at(-1)?.end ?? part.end;
    const line = source.indexOf("\n", end);
    const text = tableTold(source.slice(part.start, line < 0 ? source.length : line));
    told.push({ ...part, kind: "working", wrapper: null, name: null, text, end });
    if (answers.length === 1) told.push(...answers);
  }
  return told;
}

const isOfTable = (part: Segment | undefined): boolean =>
  part !== undefined && (part.wrapper === "table" || isRow(part.text));

function tableTold(text: string): string {
  const [head = [], ...rows] = text
    .split("\n")
    .filter((line) => row.test(line))
    .slice(0, mostRows)
    .map((line) =>
      line
        .replace(/^[\s>]*\||\|[ \t]*$/g, "")
        .split("|")
        .map((cell) => cell.trim()),
    )
    .filter((cells) => !cells.every((cell) => /^[:\s-]*$/.test(cell)));
  const body = rows.length === 0 ? [head] : rows;
  const bold = [head, ...rows].flat().filter(isBoldNumber);
  return body
    .flatMap((cells) => {
      const label = labelOf(cells, head, rows.length > 0);
      return cells
        .map((cell, column) => ({ cell, column }))
        .slice(label === null ? 0 : 1)
        .filter(({ cell }) => /\d/.test(cell) && !isTerm.test(cell))
        .map(({ cell, column }) =>
          told(
            label ?? "",
            rows.length === 0 ? "" : headOf(column, head),
            cell,
            isBoldNumber(cell) && (bold.length === 1 || (bold.length < 4 && isBoldRow(cells))),
          ),
        );
    })
    .join("、");
}

const isBoldRow = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell.startsWith("**"));

const countedBy =
  /^(?:第几)?([年月日天周次届期号个])|(?:[^\p{L}]|^)(?:year|month|day|week|no\.?|#)$/iu;

/** The head of a column; 6 beside 月份 is 6月. */
function headOf(column: number, head: readonly string[]): string {
  const name = head[column] ?? "";
  // 二 beside 季度 is 第二季度.
  if (
    column > 0 &&
    /^[一二三四五六七八九十]{1,3}$/.test(name) &&
    /^\p{Script=Han}{1,3}$/u.test(head[0] ?? "")
  )
    return /^(?:星期|周几?)$/.test(head[0] ?? "") ? `周${name}` : `第${name}${head[0]}`;
  const counted = column > 0 && /^\d{1,4}$/.test(name) ? countedBy.exec(head[0] ?? "") : null;
  return counted === null ? name : ordinal(name, counted[1] ?? "");
}

/** 第6月, so that the 6 is no value; a year stays as it is. */
const ordinal = (number: string, word: string): string =>
  `${number.length < 4 ? "第" : ""}${number}${/^\d+$/.test(number) ? word : ""}`;

/** What a row's first cell names: words, or a number under 年份, 月, 天数 and the like, 2023 as 2023年. Null where it is a value. */
function labelOf(
  cells: readonly string[],
  head: readonly string[],
  headed: boolean,
): string | null {
  const plain = (cells[0] ?? "").replaceAll("**", "").trim();
  const title = headed ? (head[0] ?? "").trim() : "";
  // B under 方案 is B方案.
  if (/^[A-Z甲乙丙丁]$/.test(plain) && /^\p{Script=Han}{1,4}$/u.test(title))
    return /^(?:姓名|名称|名字|项目)$/.test(title) ? plain : `${plain}${title}`;
  if (/\p{L}/u.test(plain)) return plain;
  if (!headed || cells.length < 2) return null;
  const counted = countedBy.exec(title);
  if (counted === null)
    return cells.length > 2 && /^\d{1,4}$/.test(plain) ? ordinal(plain, "") : null;
  return ordinal(plain, counted[1] ?? "");
}

/** A calculation without its result: 252÷3. */
const isTerm = /^[^=≈]*\d\s?[-+−－＋×✕*÷/]\s?\d[^=≈]*$/;
const isBoldNumber = (cell: string): boolean => /^\*\*[-+\d.,\s]+[^*\d]{0,8}\*\*/.test(cell);

/** The label, the head and the number; a unit in the head's brackets is the number's. The only number in bold is concluded. */
function told(label: string, head: string, cell: string, concluded: boolean): string {
  const unit =
    /(?:[(（]([^()（）]{1,8})[)）]|\/\s?([^()/\s]{1,8}))\s*$/
      .exec(/[(（/]/.test(head) ? head : label)
      ?.slice(1)
      .find(Boolean) ?? "";
  const isNumber = /^[-+\d.,\s*]+$/.test(cell);
  const name = [label.replace(/[(（][^()（）]{1,8}[)）]$/, ""), head.replace(/[(（/].*$/, "")]
    .join(" ")
    .trim();
  return `${concluded ? "∴" : ""}${name === "" ? "" : `${name}: `}${cell}${isNumber && unitNamed(unit) !== null ? unit : ""}`;
}
