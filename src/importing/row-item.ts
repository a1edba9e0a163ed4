import type { Item } from "../domain/suite.ts";
import type { Cells } from "./cells.ts";
import type { ColumnRoles, Role } from "./columns.ts";
import type { Lettered } from "./gold.ts";
import type { Output, ImportSettings, TaskHead } from "./importer.ts";

import { judgementOrLetter } from "../grading/value/yes-no.ts";
import { fold } from "../text/normalise.ts";
import { quantitiesIn } from "../text/quantity/read.ts";
import { cellText, listOf, scalarText } from "./cells.ts";
import { rowId, toId } from "./fields.ts";
import { goldLetters } from "./gold.ts";
import { choiceHead, exactHead, judgementHead, numericHead, openHead } from "./heads.ts";
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
