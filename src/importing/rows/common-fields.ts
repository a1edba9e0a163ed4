import type { Item } from "../../domain/suite.ts";
import type { Cells } from "../cells.ts";
import type { ColumnRoles, Role } from "../columns.ts";
import type { ImportSettings } from "../importer.ts";

import { riskNamed } from "../../domain/risk/risks.ts";
import { fold } from "../../text/normalise.ts";
import { cellText, listOf, scalarText } from "../cells.ts";
import { rowId, toId } from "../fields.ts";
import { SkipRow } from "../importer.ts";

/** What a row says of its item beside question and gold. Throws `SkipRow` where a cell cannot be read. */
export function commonOf(
  cells: Cells,
  row: number,
  columns: ColumnRoles,
): Omit<Item, "question"> & { context?: string } {
  const text = (role: Role): string | null => cellText(cells, columns, role);
  const number = (role: Role): number | null => {
    const found = text(role);
    return found === null || Number.isNaN(Number(found)) ? null : Number(found);
  };
  const points = number("points");
  const tolerance = number("tolerance");
  const tags = listOf(text("tags"));
  const aliases = listOf(text("aliases"));
  const context = text("context");
  const [difficulty, source, unit] = [text("difficulty"), text("source"), text("unit")];
  return {
    id: toId(text("id")) ?? rowId(row),
    ...(context === null ? {} : { context }),
    ...(difficulty === null ? {} : { difficulty }),
    ...(source === null ? {} : { source }),
    ...(unit === null ? {} : { unit }),
    ...riskOf(text("risk")),
    ...severityOf(text("severity")),
    ...graderOf(text("grader")),
    ...(points === null || points <= 0 ? {} : { points }),
    ...(tolerance === null || tolerance < 0 ? {} : { tolerance }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

/** The path of a row's dimension: a cell with slashes, or a column for each level, below what the user gave. */
export function dimensionOf(
  cells: Cells,
  columns: ColumnRoles,
  settings: ImportSettings,
): readonly string[] {
  const parts = columns
    .of("dimension")
    .flatMap((column) => (scalarText(cells[column]) ?? "").split(/[/／>]/));
  const path = parts.map((part) => part.trim()).filter((part) => part !== "");
  const own = path.length > 0 ? path : ["未分类"];
  return settings.dimension === null ? own : [...settings.dimension, ...path];
}

/** The code of a row's risk, given by code or name. */
function riskOf(text: string | null): Pick<Item, "risk"> {
  if (text === null) return {};
  const found = riskNamed(text);
  if (found !== null) return { risk: found.code };
  throw new SkipRow(
    `没有名为“${text}”的风险；请写 A1.3 这样的代码或附录里的名称（见 docs/safety.zh-CN.md）`,
    `there is no risk "${text}"; write a code such as A1.3 or the annex's name (docs/safety.md)`,
  );
}

function severityOf(text: string | null): Pick<Item, "severity"> {
  const said = fold(text ?? "").trim();
  if (/^(?:是|要|y|yes|true|1|√|✓|✔|对|红线|红线题|一票否决|严重)$/iu.test(said))
    return { severity: "红线" };
  if (/^(?:否|不|n|no|false|0|×|x|无|-|\/|一般|普通|非红线|不是|)$/iu.test(said)) return {};
  throw new SkipRow(
    `读不懂是否红线：“${said}”；请写“是”或“否”`,
    `cannot read whether this is a red line: "${said}"; write 是 or 否`,
  );
}

const graderOf = (text: string | null): Pick<Item, "grader"> =>
  text === null ? {} : { grader: { use: text } };
