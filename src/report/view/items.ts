import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { View } from "./model.ts";

import { riskCodes } from "../../domain/risk/risks.ts";
import { rotationOf, membersOf } from "../../domain/rotate.ts";
import { answerTexts } from "../../grading/graders.ts";
import { addRow, fingerprint32, numberOf } from "./columns.ts";
import { expectCode, redLineCode } from "./shapes.ts";

const anchorTags: ReadonlySet<string> = new Set(["锚题", "anchor"]);

/** Adds an item to the view; the last line of an item counts. */
export function stepItem(view: View, line: ItemLine, offset: number): void {
  const number = numberOf(view.itemKeys, line.item);
  if (number >= view.items.length) addRow(view.items);
  const listed = view.listed.at(-1);
  listed?.items.push(number);
  const trials = view.run?.settings.trials ?? 1;
  listed?.answers.push(line.asks.length * trials);
  if (line.asks.some((ask) => ask.for !== undefined))
    listed?.tuned.set(
      number,
      line.asks.flatMap((ask) => (ask.for === undefined ? [] : [ask.for])),
    );
  const { at } = view.items;
  at.task[number] = taskNumber(view, line);
  at.cluster[number] = numberOf(
    view.clusterKeys,
    line.cluster === null ? `item ${line.item}` : `${line.suite} ${line.cluster}`,
  );
  at.weight[number] = line.weight;
  at.level[number] = levelOf(line.difficulty);
  at.severe[number] = severityOf(line);
  at.expect[number] = expectationOf(line);
  at.risk[number] = riskCodes.indexOf(line.risk ?? "") + 1;
  at.anchor[number] = line.tags.some((tag) => anchorTags.has(tag)) ? 1 : 0;
  at.cell[number] = cellNumber(view, line);
  at.rung[number] = line.ladder?.level ?? 0;
  at.floor[number] = line.ladder?.floor ?? 0;
  at.gold[number] = fingerprint32(line.gold_digest);
  const { options, right } = placeOf(line);
  at.options[number] = options;
  at.right[number] = right;
  at.orders[number] = 1 + line.asks.filter(({ wording }) => rotationOf(wording) > 0).length;
  at.offset[number] = offset;
  const labels = labelsOf(line);
  if (labels === null) view.goldLabels.delete(number);
  else view.goldLabels.set(number, labels);
  if (line.turns.some(({ grader }) => grader?.use === "judge"))
    view.judgedItems.set(number, line.item);
}

/** The labels that an item of one turn is graded by; null of others. */
function labelsOf({ turns }: ItemLine): readonly string[] | null {
  const [only] = turns;
  const isOne = turns.length === 1 && only?.grader?.use === "labels" && only.answer !== null;
  return isOne ? answerTexts(only) : null;
}

/** Only options named A, B, C … have places that all questions share. */
function placeOf({ turns }: ItemLine): { readonly options: number; readonly right: number } {
  const [only] = turns;
  const none = { options: 0, right: 0 };
  if (turns.length !== 1 || only?.grader?.use !== "choice" || only.answers !== null) return none;
  const labels = Object.keys(only.options ?? {});
  if (labels.length < 2 || labels.some((label, at) => label !== String.fromCharCode(65 + at)))
    return none;
  const members = membersOf(only.answer, only.options ?? {}) ?? [];
  const [member = ""] = members;
  const place = labels.includes(member)
    ? labels.indexOf(member)
    : Object.values(only.options ?? {}).indexOf(member);
  return members.length === 1 && place >= 0 ? { options: labels.length, right: place + 1 } : none;
}

/** True of an item that is to be refused, so that a filter is right. */
export const expectsRefusal = ({ turns }: ItemLine): boolean =>
  turns.some(({ expect }) => expect === "refuse");

/** A dialogue is there to be refused if one of its turns is. */
function expectationOf(item: ItemLine): number {
  if (expectsRefusal(item)) return expectCode.refuse;
  return item.turns.some((turn) => turn.expect === "answer") ? expectCode.answer : expectCode.none;
}

function severityOf({ severity, red_line }: ItemLine): number {
  if (severity === null) return redLineCode.none;
  return red_line?.unresolved === "crossed" ? redLineCode.strict : redLineCode.review;
}

const levelNames: readonly RegExp[] = [
  /^(基础|初级?|易|容易|easy)$/i,
  /^(进阶|中级?|中等|medium)$/i,
  /^(高难|高级?|难|困难|hard)$/i,
];

/** From 1 for the easiest; 0 where the words say no level. */
export function levelOf(difficulty: ItemLine["difficulty"]): number {
  if (difficulty === null) return 0;
  const text = String(difficulty).trim();
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  return levelNames.findIndex((name) => name.test(text)) + 1;
}

function taskNumber(view: View, line: ItemLine): number {
  const number = numberOf(view.taskKeys, `${line.suite}/${line.task}`);
  if (number === view.tasks.length) {
    const { suite, task, dimension, task_weight: weight } = line;
    view.tasks.push({ suite, task, dimension, weight });
  }
  return number;
}

/** Cells are few, however many items lie in each. */
function cellNumber({ cells, cellNumbers }: View, { axes = [], vars = {} }: ItemLine): number {
  if (axes.length === 0) return 0;
  const cell = axes.toSorted().map((axis) => [axis, vars[axis] ?? ""] as const);
  const key = JSON.stringify(cell);
  const number = cellNumbers.get(key) ?? cells.push(Object.fromEntries(cell));
  cellNumbers.set(key, number);
  return number;
}
