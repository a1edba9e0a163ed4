import type { AnswerLine, ItemLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { SheetRow } from "../sheet/columns.ts";
import type { ReturnedRow } from "../sheet/read.ts";
import type { WebAsk } from "./web-ask.ts";

import { digestOf } from "../../../domain/digest.ts";
import { answerKey } from "../../../domain/id.ts";
import { cellText } from "../../../files/cell-guard.ts";
import { callElsewhere } from "../../../importing/runs/lines.ts";
import { clean } from "../../render/format.ts";
import { badMoment, momentOf } from "../sheet/moment.ts";
import { stateOf } from "./sheet.ts";

/** A row that could not be taken, or was taken with a remark. */
export type RowRemark = { readonly row: number; readonly message: Text };

export type WebAnswers = {
  readonly answers: readonly { readonly item: ItemLine; readonly answer: AnswerLine }[];
  /** Every item of the sheet whose question is still the suite's, answered or not. */
  readonly items: readonly ItemLine[];
  /** Rows without an answer. */
  readonly empty: number;
  readonly refused: readonly RowRemark[];
  /** What was taken all the same. */
  readonly remarks: readonly RowRemark[];
  readonly trials: number;
};

export type WebAnswerOptions = {
  /** How a row's model is called on boards; null where neither it nor the command says. */
  readonly targetOf: (model: string) => string | null;
  /** Who asked, where a row does not say. */
  readonly who: string | null;
};

type Cell = { readonly row: number; readonly cells: SheetRow };

/** Rows of one conversation: of one item, model and time that it was asked. */
type Conversation = {
  readonly ask: WebAsk;
  readonly target: string;
  readonly turns: Map<number, Cell>;
};

/**
 * Turns the rows of a returned sheet into answers. A row whose question is no longer the suite's, or was changed in the sheet, is
 * refused with its number and the reason: the answer would be to another question.
 */
export function webAnswersOf(
  rows: readonly ReturnedRow[],
  asks: ReadonlyMap<string, WebAsk | { readonly skip: Text }>,
  options: WebAnswerOptions,
): WebAnswers {
  const refused: RowRemark[] = [];
  const remarks: RowRemark[] = [];
  const items = new Map<string, ItemLine>();
  const conversations = new Map<string, Conversation[]>();
  let empty = 0;
  for (const each of rows) {
    if ("problem" in each) {
      refused.push({ row: each.row, message: each.problem });
      continue;
    }
    const ask = askOfRow(each.cells, asks);
    if ("skip" in ask) {
      refused.push({ row: each.row, message: ask.skip });
      continue;
    }
    items.set(ask.item.item, ask.item);
    if (isEmpty(each.cells)) {
      empty += 1;
      continue;
    }
    const target = options.targetOf((each.cells["model"] ?? "").trim());
    if (target === null) {
      refused.push({ row: each.row, message: noModel });
      continue;
    }
    place(conversations, { ask, target, cell: each });
  }
  const answers = [...conversations.values()].flatMap((trials) =>
    trials.flatMap((conversation, trial) => {
      const answer = answerOf(conversation, trial + 1, options, remarks);
      if ("message" in answer) {
        refused.push(answer);
        return [];
      }
      return [{ item: conversation.ask.item, answer }];
    }),
  );
  return {
    answers,
    items: [...items.values()],
    empty,
    refused: refused.toSorted((a, b) => a.row - b.row),
    remarks,
    trials: Math.max(1, ...answers.map(({ answer }) => answer.trial)),
  };
}

const isEmpty = ({ answer = "", state = "" }: SheetRow): boolean =>
  answer.trim() === "" && stateOf(state) !== "blocked";

function askOfRow(
  { item = "", check = "", prompt = "", turn = "" }: SheetRow,
  asks: ReadonlyMap<string, WebAsk | { readonly skip: Text }>,
): WebAsk | { readonly skip: Text } {
  const ask = asks.get(item.trim());
  if (ask === undefined) return { skip: unknownItem(item) };
  if ("skip" in ask) return ask;
  if (check.trim() !== ask.check) return { skip: changedQuestion };
  const shown = ask.turns[turnOf(turn) - 1];
  if (shown === undefined) return { skip: noTurn(turn) };
  // A sheet without its prompts was cut down by somebody who knows them.
  if (prompt.trim() !== "" && tight(prompt) !== tight(cellText(shown)))
    return { skip: editedPrompt };
  return ask;
}

const turnOf = (turn: string): number => (turn.trim() === "" ? 1 : Number(turn.trim()));

const tight = (text: string): string => text.replaceAll(/\s+/g, "");

/** A turn that is there already begins another trial. */
function place(
  conversations: Map<string, Conversation[]>,
  { ask, target, cell }: { readonly ask: WebAsk; readonly target: string; readonly cell: Cell },
): void {
  const key = JSON.stringify([ask.item.item, target]);
  const trials = conversations.get(key) ?? [];
  conversations.set(key, trials);
  const turn = turnOf(cell.cells["turn"] ?? "");
  const free = trials.find(({ turns }) => !turns.has(turn));
  if (free === undefined) trials.push({ ask, target, turns: new Map([[turn, cell]]) });
  else free.turns.set(turn, cell);
}

/** What Excel keeps of a text that is longer. */
const mostInCell = 32_767;

function answerOf(
  { ask, target, turns }: Conversation,
  trial: number,
  { who }: WebAnswerOptions,
  remarks: RowRemark[],
): AnswerLine | RowRemark {
  const cells = ask.turns.map((_, turn) => turns.get(turn + 1));
  const [first] = turns.values();
  const missing = cells.findIndex((cell) => cell === undefined);
  if (missing >= 0) return { row: first?.row ?? 0, message: turnMissing(missing + 1) };
  const calls = cells.map((cell) => callOf(cell, remarks));
  const ask_digest = ask.item.asks[0]?.ask_digest ?? "";
  const named = clean(first?.cells["who"] ?? "", 64);
  return {
    kind: "answer",
    key: answerKey({ item: ask.item.item, wording: null, trial, target }),
    item: ask.item.item,
    wording: null,
    trial,
    target,
    ask_digest,
    digest: digestOf({ ask_digest, target }),
    outcome: calls.at(-1)?.outcome ?? "ok",
    turns: calls,
    collected: { who: named === "" ? who : named, when: whenOf(first, remarks) },
  };
}

function callOf(cell: Cell | undefined, remarks: RowRemark[]) {
  const { answer: text = "", state = "" } = cell?.cells ?? {};
  if (stateOf(state) === "blocked") return callElsewhere({ outcome: "filtered-output", text });
  const isCut = text.length >= mostInCell;
  if (isCut && cell !== undefined) remarks.push({ row: cell.row, message: cutByExcel });
  return callElsewhere({ outcome: isCut ? "length" : "ok", text });
}

function whenOf(cell: Cell | undefined, remarks: RowRemark[]): string | null {
  const text = cell?.cells["when"]?.trim() ?? "";
  if (cell === undefined || text === "") return null;
  const moment = momentOf(text);
  if (moment !== null) return new Date(moment).toISOString();
  remarks.push({ row: cell.row, message: badMoment(text) });
  return null;
}

const unknownItem = (item: string): Text => ({
  zh: `题集里没有“${clean(item, 60)}”这道题`,
  en: `the suite holds no item “${clean(item, 60)}”`,
});
const changedQuestion: Text = {
  zh: "导出之后题集里的这道题改过（或校验被改动），这条回答答的是旧题，没有导入；请重新导出再问",
  en: "the suite's question has changed since the sheet was written (or the check was): the answer is to the old one and was not taken; export and ask again",
};
const editedPrompt: Text = {
  zh: "“题目”一格被改过，与题集不同，没有导入",
  en: "the cell with the question was edited and differs from the suite; the answer was not taken",
};
const noTurn = (turn: string): Text => ({
  zh: `这道题没有第 ${clean(turn, 10)} 轮`,
  en: `the item has no turn ${clean(turn, 10)}`,
});
const turnMissing = (turn: number): Text => ({
  zh: `多轮题缺第 ${turn} 轮的回答，整题没有导入`,
  en: `turn ${turn} of the conversation has no answer; the item was not taken`,
});
const noModel: Text = {
  zh: "没有写模型；请填“模型”列，或用 --target web/模型名",
  en: "no model is named; fill the column 模型 (model), or say --target web/MODEL",
};
const cutByExcel: Text = {
  zh: "回答正好 32767 个字符，多半被 Excel 截断了，按截断的回答计",
  en: "the answer has just 32,767 characters and was probably cut by Excel; it counts as cut off",
};
