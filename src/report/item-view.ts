import type { ItemLine } from "../domain/record.ts";
import type { Columns } from "./columns.ts";
import type { View } from "./view.ts";

import { membersOf } from "../domain/rotatable.ts";
import { rotationOf } from "../domain/rotate.ts";
import { addRow } from "./columns.ts";
import { fingerprint32, numberOf } from "./key-table.ts";

export type TaskView = {
  readonly suite: string;
  readonly task: string;
  readonly dimension: readonly string[];
  readonly weight: number;
};

/** The columns of the items. */
export const itemShape = () => ({
  task: new Int32Array(0),
  /** Number of the cluster; an item without one is alone in its own. */
  cluster: new Int32Array(0),
  weight: new Float64Array(0),
  /** Of difficulty or reasoning steps, from 1; 0 where the item states none. */
  level: new Uint8Array(0),
  severe: new Uint8Array(0),
  /** A refusal or a vendor's block is right. */
  refuse: new Uint8Array(0),
  anchor: new Uint8Array(0),
  gold: new Uint32Array(0),
  /** Options of a question with one right letter, and that letter's place from 1; 0 for other questions. */
  options: new Uint8Array(0),
  right: new Uint8Array(0),
  /** Orders of the options in which the question is asked, the written one included. */
  orders: new Uint8Array(0),
  /** Byte in the file at which the item's line starts; -1 where it came from no file. */
  offset: new Float64Array(0),
});

export type Items = Columns<ReturnType<typeof itemShape>>;

const anchorTags: ReadonlySet<string> = new Set(["锚题", "anchor"]);

/** Takes an item into the view; the last line of an item counts. */
export function stepItem(view: View, line: ItemLine, offset: number): void {
  const number = numberOf(view.itemKeys, line.item);
  if (number >= view.items.length) addRow(view.items);
  const { at } = view.items;
  at.task[number] = taskNumber(view, line);
  at.cluster[number] = numberOf(
    view.clusterKeys,
    line.cluster === null ? `item ${line.item}` : `${line.suite} ${line.cluster}`,
  );
  at.weight[number] = line.weight;
  at.level[number] = levelOf(line.difficulty);
  at.severe[number] = line.severity === null ? 0 : 1;
  at.refuse[number] = line.turns.some((turn) => turn.expect === "refuse") ? 1 : 0;
  at.anchor[number] = line.tags.some((tag) => anchorTags.has(tag)) ? 1 : 0;
  at.gold[number] = fingerprint32(line.gold_digest);
  const { options, right } = placeOf(line);
  at.options[number] = options;
  at.right[number] = right;
  at.orders[number] = 1 + line.asks.filter(({ wording }) => rotationOf(wording) > 0).length;
  at.offset[number] = offset;
}

/** Only options named A, B, C … have places that all questions share. */
function placeOf({ turns }: ItemLine): { readonly options: number; readonly right: number } {
  const [only] = turns;
  const labels = Object.keys(only?.options ?? {});
  const none = { options: 0, right: 0 };
  if (turns.length !== 1 || only?.grader?.use !== "choice" || only.answers !== null) return none;
  if (labels.length < 2 || labels.some((label, at) => label !== String.fromCharCode(65 + at)))
    return none;
  const members = membersOf(only.answer, only.options ?? {}) ?? [];
  const [member = ""] = members;
  const place = labels.includes(member)
    ? labels.indexOf(member)
    : Object.values(only.options ?? {}).indexOf(member);
  return members.length === 1 && place >= 0 ? { options: labels.length, right: place + 1 } : none;
}

const levelNames: readonly RegExp[] = [
  /^(初级?|易|容易|easy)$/i,
  /^(中级?|中等|medium)$/i,
  /^(高级?|难|困难|hard)$/i,
];

function levelOf(difficulty: ItemLine["difficulty"]): number {
  const text = String(difficulty ?? "").trim();
  if (/^[1-9]$/.test(text)) return Number(text);
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
