/** The tables of `verify:suites`, printed and put into the docs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Table = readonly (readonly string[])[];

/** Prints the tables; with `isWritten` puts them between their marks on the pages of both languages. */
export function writeTables(
  tables: readonly Table[],
  options: { readonly root: string; readonly isWritten: boolean; readonly ids: readonly string[] },
): void {
  const text = markdown(tables, (cell) => cell);
  console.log(text);
  if (!options.isWritten) return;
  putInto(join(options.root, "docs/shipped-suites.md"), text);
  const known = new Set(options.ids.flatMap((id) => [id, `boards/${id}`]));
  putInto(
    join(options.root, "docs/shipped-suites.zh-CN.md"),
    markdown(tables, (cell) => inChinese(cell, known)),
  );
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function markdown(tables: readonly Table[], worded: (cell: string) => string): string {
  const blocks = tables.map(([head = [], ...rows]) => {
    const rule = row(head.map((_, at) => (at === 0 ? "---" : "--:")));
    return [row(head.map(worded)), rule, ...rows.map((cells) => row(cells.map(worded)))].join("\n");
  });
  return blocks.join("\n\n");
}

function putInto(file: string, block: string): void {
  const marked = /(<!-- verify:suites -->\n)[^]*?(<!-- end -->)/;
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(marked, (_, start, end) => `${start}\n${block}\n\n${end}`),
  );
}

/** `{}` stands for a number. */
const chinese: Readonly<Record<string, string>> = {
  "suite or board": "题集或榜单",
  items: "题数",
  n_eff: "有效题数",
  "detectable difference": "可测最小差（分）",
  "strong − weak": "强弱差（分）",
  "¥": "元",
  luck: "运气",
  "superclue-like, {} trial": "superclue-like，{} 次重复",
  "superclue-like, equal money ({} trials)": "superclue-like，同样的钱（{} 次重复）",
  "no new luck at a trial": "重复时运气不变",
  "half of its own luck new at every trial": "自身的运气一半每次重来",
};

/** @throws for words that have no Chinese here. */
function inChinese(cell: string, ids: ReadonlySet<string>): string {
  const [number = ""] = /\d+/.exec(cell) ?? [];
  const known = chinese[cell] ?? chinese[cell.replace(/\d+/, "{}")];
  if (known !== undefined) return known.replace("{}", number);
  if (ids.has(cell) || !/[a-z]/i.test(cell) || kept.has(cell)) return cell;
  throw new Error(`bench/resolution/tables.ts has no Chinese for "${cell}"`);
}

/** Names of targets. */
const kept = new Set(["random", "first", "constant", "refuse", "echo", "keywords"]);
