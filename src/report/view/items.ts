import type { ItemLine } from "../../domain/run-file/lines.ts";
import { membersOf } from "../../domain/rotatable.ts";
import { rotationOf } from "../../domain/rotate.ts";
import { addRow } from "./columns.ts";
import { fingerprint32, numberOf } from "./key-table.ts";
import type { View } from "./model.ts";

const anchorTags: ReadonlySet<string> = new Set(["锚题", "anchor"]);

/** Adds an item to the view; the last line of an item counts. */
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
