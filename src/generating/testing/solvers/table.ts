import { type Asked, groups } from "./asked.ts";

type Cell = { readonly name: string; readonly month: string; readonly sold: number };

/** Reads the table into a list of cells and filters that. */
export function solveTable({ question }: Asked): number {
  const lines = question.split("\n");
  const rows = lines
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...body] = rows;
  const cells = body.flatMap(([name = "", ...sold]): readonly Cell[] =>
    sold.map((each, at) => ({ name, month: head[at + 1] ?? "", sold: Number(each) })),
  );
  const ask = lines.at(-1) ?? "";
  if (ask.startsWith("表中超过")) {
    const [limit = ""] = groups(/超过 (\d+) 件/, ask);
    return cells.filter(({ sold }) => sold > Number(limit)).length;
  }
  const [what = ""] = groups(/^(.+?)(?:一共卖出|卖得最多)/, ask);
  const fitting = cells.filter(({ name, month }) => name === what || month === what);
  const sorted = fitting.map(({ sold }) => sold).toSorted((a, b) => b - a);
  if (ask.includes("卖得最多")) return (sorted[0] ?? 0) - (sorted.at(-1) ?? 0);
  return sorted.reduce((sum, sold) => sum + sold, 0);
}
