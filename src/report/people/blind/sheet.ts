import type { AnswerLine } from "../../../domain/run-file/lines.ts";
import type { Text } from "../../../domain/text.ts";
import type { Sheet, SheetColumn, SheetRow } from "../sheet/columns.ts";
import type { BlindRow } from "./key.ts";
import type { Mask } from "./mask.ts";
import type { Pair } from "./pairs.ts";

import { askedOf, goldText, repliesOf } from "../review/case.ts";
import { tableOf } from "../sheet/columns.ts";

const choices = ["first", "second", "tie", "both_bad"] as const;
export type Choice = (typeof choices)[number];

export const choiceWords: Readonly<Record<Choice, Text>> = {
  first: { zh: "甲更好", en: "first" },
  second: { zh: "乙更好", en: "second" },
  tie: { zh: "一样好", en: "tie" },
  both_bad: { zh: "都不好", en: "both bad" },
};

const column = (
  name: string,
  title: string,
  width: number,
  more: Pick<SheetColumn, "choices" | "input"> = {},
): SheetColumn => ({ name, title, width, ...more });

const input = { input: true } as const;

export const blindColumns: readonly SheetColumn[] = [
  column("id", "编号", 18),
  column("dimension", "维度", 18),
  column("prompt", "对话", 46),
  column("gold", "参考", 26),
  column("first", "回答甲", 60),
  column("second", "回答乙", 60),
  column("choice", "选择", 14, {
    ...input,
    choices: choices.map((each) => `${choiceWords[each].zh} ${choiceWords[each].en}`),
  }),
  column("rater", "评分人", 12, input),
  column("rated_at", "时间", 20, input),
  column("reason", "理由", 36, input),
];

export const neededBlindColumns = ["id", "choice"] as const;

/** A comparison as its raters see it, with the number of names that were masked. */
export function blindSheet(
  rows: readonly { readonly row: BlindRow; readonly pair: Pair }[],
  mask: Mask,
): { readonly sheet: Sheet; readonly names: number } {
  let names = 0;
  const masked = (reply: string, prompt: string): string => {
    const found = mask(reply, prompt);
    names += found.names;
    return found.text;
  };
  const sheet: Sheet = {
    title: "双盲对比 Blind",
    guide,
    table: tableOf(
      blindColumns,
      rows.map(({ row, pair }) => rowOf(row, pair, masked)),
    ),
  };
  return { sheet, names };
}

function rowOf(
  { id, first }: BlindRow,
  { item, a, b }: Pair,
  masked: (reply: string, prompt: string) => string,
): SheetRow {
  const [one, other] = first === "a" ? [a, b] : [b, a];
  const prompt = promptText(item, a);
  return {
    id,
    dimension: item.dimension.join(" / "),
    prompt,
    gold: goldText({ item, answer: a }),
    first: masked(repliesText(one), prompt),
    second: masked(repliesText(other), prompt),
  };
}

/** What both were asked; of a dialogue every turn, because each side answered it in its own way. */
function promptText(item: Pair["item"], answer: AnswerLine): string {
  const asked = askedOf(item, answer);
  const turns = asked?.turns ?? [];
  const before = (asked?.messages ?? []).map(({ role, text }) => `【${role}】\n${text}`);
  const own = turns.length === 1 ? turns : turns.map((text, turn) => `【${turn + 1}】\n${text}`);
  return [...before, ...own].join("\n\n");
}

function repliesText(answer: AnswerLine): string {
  const replies = repliesOf(answer, false);
  if (replies.length === 1) return replies[0] ?? "";
  return replies.map((text, turn) => `【${turn + 1}】\n${text}`).join("\n\n");
}

const guide: readonly Text[] = [
  { zh: "双盲对比：哪个回答更好？", en: "Blind comparison: which reply is better?" },
  {
    zh: "1. 每行一题，两个回答来自两个模型，先后随机，名字已隐去（写作【名称】）。只看回答本身，不要猜是谁写的。",
    en: "1. A row is a question with the replies of two models, in random order, names masked (【名称】). Judge the replies alone; do not guess who wrote them.",
  },
  {
    zh: "2. 先看对不对、答没答到点子上，再看全不全、清不清楚；长不等于好。",
    en: "2. Look first whether it is right and to the point, then whether it is complete and clear; longer is not better.",
  },
  {
    zh: "3. 在“选择”列选：甲更好、乙更好、一样好、都不好。留空的行算没评。“理由”一句话即可。",
    en: "3. Choose in the column “choice”: first, second, tie, both bad. Empty rows count as not rated. A sentence of reason is enough.",
  },
  {
    zh: "4. 填上“评分人”。两人各评一份，互不商量；两人不一致的题交给仲裁人。",
    en: "4. Write your name under “rater”. Two people rate a copy each without talking about it; what they differ on goes to an arbiter.",
  },
  {
    zh: "5. 可以排序、筛选、删行、加列；不要改“编号”列和表头。",
    en: "5. Sort, filter, delete rows, add columns as you like; leave the column “id” and the header as they are.",
  },
];
