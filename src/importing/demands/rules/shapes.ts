import type { Draft, RuleReading, Rule } from "../rule.ts";

import { amountsOf } from "../amounts.ts";
import { quoteList, quotesIn } from "../quotes.ts";
import { gap, without } from "../rule.ts";

const json =
  /(?:严格)?(?:只|仅)?(?:能)?(?:请)?(?:以|用|按照?|使用|输出|返回)(?:合法的|标准的?|严格的)?\s*JSON\s*(?:格式|对象|数组)?(?:的形式)?(?:输出|返回|回答|给出|呈现|回复)?/iu;
const fence = /(?:不要|不能|不得|不)(?:放在|写在|使用|用|带|加)?\s*(?:Markdown\s*)?代码块/iu;
const nothingElse =
  /不(?:要|能|得|允许)?(?:在[^，。]{0,14}(?:之外|以外))?(?:添加|输出|出现|有|包含|写)?(?:任何)?(?:其他|其它|多余|额外)的?(?:任何)?(?:内容|文字|信息)/u;

const beside =
  /不(?:要|能|得|允许)?在\s*(?:表格|JSON)\s*(?:格式)?(?:之外|以外)(?:添加|输出|出现|有|包含|写)(?:任何)?(?:其他|其它|多余|额外)?的?(?:任何)?(?:内容|文字|信息)/iu;

const table =
  /(?:以|用|使用|创建|构建|制作|按照?|输出|在)?(?:一个|结构化的?|清晰的?|结构良好的|Markdown|[\s])*(?<!列)表格(?:的)?(?:格式|形式)?(?:中)?(?:呈现|列出|输出|展示|回答)?/iu;
const ofColumns =
  /(?:(?:该|此)?表(?:应该?|必须|要|需)*)?(?:有|包含|包括|分为?|设)(?:以下)?[一二两三四五六七八九十\d]+个?[列栏]/u;
const columnList = new RegExp(
  `(?:表头|列名?|栏)(?:名)?(?:依次|分别)?(?:为|是|包括|：|:)+(?<list>${quoteList})`,
  "u",
);

const counted = new RegExp(`[列栏](?:，?(?:分别|依次)?(?:为|是)?|：|:)(?<list>${quoteList})`, "u");

const list =
  /(?:以|用|使用|采用|按)?(?<kind>无序列表|有序列表|编号列表|数字列表|带编号的列表|项目符号列表|项目符号|列表(?=的?(?:形式|格式)))(?:的)?(?:格式|形式)?(?:呈现|列出|输出|展示|回答)?/u;

/** JSON, a Markdown table, a list, as the shape of the whole reply. Inside an answer that has other text none of them is sure. */
export const shapes: Rule = (clause, context) =>
  nothingBeside(clause) ??
  jsonShape(clause) ??
  tableShape(clause, context.quotes) ??
  listShape(clause, context.layout.isProse);

/** 不要在表格之外添加任何内容. */
function nothingBeside(clause: string): RuleReading | null {
  const found = beside.exec(clause);
  if (found === null) return null;
  const isTable = /表格/u.test(found[0]);
  const draft: Draft = isTable
    ? { check: "table", only: true }
    : { check: "json", schema: true, fence: "allowed" };
  return { drafts: [draft], rest: clause.replace(found[0], gap) };
}

function jsonShape(clause: string): RuleReading | "unsure" | null {
  const found = json.exec(clause);
  if (found === null) return null;
  const isBare = fence.test(clause);
  const draft: Draft = { check: "json", schema: true, fence: isBare ? "refused" : "allowed" };
  return {
    drafts: [draft],
    rest: clause.replace(found[0], gap).replace(fence, "").replace(nothingElse, ""),
  };
}

function tableShape(clause: string, quotes: readonly string[]): RuleReading | "unsure" | null {
  const found = table.exec(clause) ?? ofColumns.exec(clause);
  if (found === null) return null;
  if (/LaTeX|HTML|CSV/iu.test(clause)) return "unsure";
  const columns = amountsOf(clause, "列|栏").filter(({ bounds }) => bounds?.equal !== undefined);
  const rows = amountsOf(clause, "行(?![文字])");
  const header = columnList.exec(clause) ?? counted.exec(clause);
  const titles = quotesIn(header?.groups?.["list"] ?? "", quotes);
  const [column] = columns;
  if (rows.some(({ bounds }) => bounds === null)) return "unsure";
  const draft: Draft = {
    check: "table",
    ...(titles.length > 0
      ? { header: [...titles] }
      : column === undefined
        ? {}
        : { columns: column.bounds?.equal ?? 1 }),
    ...rows[0]?.bounds,
  };
  const rest = without(clause, [...columns, ...rows])
    .replace(table, gap)
    .replace(/(?:该|此)表(?:应该?|必须|要|需)*(?:有|包含|包括|分为?|设)?/u, "");
  return {
    drafts: [draft],
    rest: header === null ? rest : rest.replace(header.groups?.["list"] ?? "", gap),
  };
}

function listShape(clause: string, isProse: boolean): RuleReading | "unsure" | null {
  const found = list.exec(clause);
  if (found === null) return null;
  // A list within a table, or in a program, has no marks of its own.
  if (!isProse || /python|数组|字典/iu.test(clause)) return "unsure";
  const kind = found.groups?.["kind"] ?? "";
  const amounts = amountsOf(clause, "[条项点]");
  if (amounts.some(({ bounds }) => bounds === null)) return "unsure";
  const isBullet = /无序|项目符号/u.test(kind);
  const draft: Draft = {
    check: "list",
    style: isBullet ? "bullet" : "any",
    ...amounts[0]?.bounds,
  };
  return { drafts: [draft], rest: without(clause, amounts).replace(list, gap) };
}
