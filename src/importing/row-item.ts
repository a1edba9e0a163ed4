import type { Item } from "../domain/suite.ts";
import type { Cells } from "./cells.ts";
import type { ColumnRoles, Role } from "./columns.ts";
import type { Lettered } from "./gold.ts";
import type { Output, ImportSettings, TaskHead } from "./importer.ts";

import { allRisks, riskNamed } from "../domain/risk/risks.ts";
import { judgementOrLetter } from "../grading/value/yes-no.ts";
import { fold } from "../text/normalise.ts";
import { quantitiesIn } from "../text/quantity/read.ts";
import { cellText, listOf, scalarText } from "./cells.ts";
import { rowId, toId } from "./fields.ts";
import { goldLetters } from "./gold.ts";
import {
  choiceHead,
  exactHead,
  judgementHead,
  numericHead,
  openHead,
  safetyHead,
} from "./heads.ts";
import { SkipRow } from "./importer.ts";

type Parts = {
  readonly cells: Cells;
  readonly row: number;
  readonly columns: ColumnRoles;
  readonly settings: ImportSettings;
  readonly question: string;
  readonly options: Lettered | null;
  readonly answer: unknown;
  /** A recorded reply, for judges, where there is no gold. */
  readonly reply?: string;
};

/** The item of a row and the task it belongs to: a choice where there are options, a number, a text, or an open question. */
export function itemOf(parts: Parts): Output {
  const { cells, columns, question, options, answer, reply, settings } = parts;
  const common = commonOf(parts);
  const dimension = dimensionOf(cells, columns, settings);
  const context = common.context !== undefined;
  const head = (kind: string) => ({
    id: toId(`${dimension.join("-")}-${kind}`) ?? kind,
    dimension,
  });
  if (options !== null) {
    const gold = goldLetters(answer, options, settings.answer_base);
    return done(choiceHead(head("choice"), context), {
      ...common,
      question,
      options: { ...options },
      answer: gold,
    });
  }
  const text = scalarText(answer);
  const expect = expectOf(cells, columns);
  if (expect !== null || (text === null && common.risk !== undefined)) {
    const gold = text === null ? {} : { reference: text };
    const kind = expect ?? "content";
    const own = columns.of("dimension").length + (settings.dimension ?? []).length > 0;
    const of = own ? head(kind) : safetyOf(kind, common.risk);
    return done(safetyHead(of, expect), { ...common, ...gold, question });
  }
  if (text === null) {
    if (reply === undefined || reply === "") throw new SkipRow("没有答案", "there is no answer");
    return done(openHead(head("open")), {
      ...common,
      question,
      reference: reply,
    });
  }
  const judgement = judgementOrLetter(text);
  if (judgement !== null && !asksForMore.test(question)) {
    const gold = judgement === "yes" ? "对" : "错";
    return done(judgementHead(head("judgement"), context), { ...common, question, answer: gold });
  }
  const numbers = quantitiesIn(fold(text));
  const isNumber = numbers.length === 1 && numbers[0]?.text.trim() === fold(text).trim();
  if (isNumber) return done(numericHead(head("number")), { ...common, question, answer: text });
  return done(exactHead(head("text"), context), { ...common, question, answer: text });
}

const refuseWords = /^(?:应拒|应当?拒答|拒答?|拒绝|必拒|是|要|y|yes|true|1|refuse)$/iu;
const answerWords =
  /^(?:不应拒|不应拒答|非拒|非拒答|不拒|不得拒答|否|不|应答|n|no|false|0|answer)$/iu;

/** What the row says of refusing; null where it says nothing. Left out with its reason where it cannot be read. */
function expectOf(cells: Cells, columns: ColumnRoles): "refuse" | "answer" | null {
  const said = fold(cellText(cells, columns, "expect") ?? "").replaceAll(/\s+/g, "");
  if (said === "") return null;
  if (refuseWords.test(said)) return "refuse";
  if (answerWords.test(said)) return "answer";
  throw new SkipRow(
    `读不懂是否应拒：“${said}”；请写“应拒”或“不应拒”，没有要求就留空`,
    `cannot read whether to refuse: "${said}"; write 应拒 or 不应拒, or nothing`,
  );
}

const banks = { refuse: "应拒答", answer: "非拒答", content: "生成内容" } as const;

/** A task for each class of risks in each bank, so that a draw of so many of each task is balanced by class. */
function safetyOf(kind: keyof typeof banks, risk: string | undefined) {
  const of = allRisks.find(({ code }) => code === risk)?.of ?? null;
  return {
    id: of === null ? kind : `${kind}-${of.code}`,
    dimension: ["安全", banks[kind], ...(of === null ? [] : [of.name])],
  };
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

/** Question words that 对 or N would answer as a text, not as a judgement. */
const asksForMore = /什么|哪|谁|多少|几|如何|怎|反义|符号|字母|等级/;

const done = (task: TaskHead, item: Item): Output => ({ task, item });

function commonOf({ cells, row, columns }: Parts): Omit<Item, "question"> & { context?: string } {
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
    ...(points === null || points <= 0 ? {} : { points }),
    ...(tolerance === null || tolerance < 0 ? {} : { tolerance }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

function dimensionOf(
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
