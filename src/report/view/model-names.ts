import type { CallRecord } from "../../domain/call.ts";
import type { TargetView } from "./model.ts";

/** Sets of names kept apart of one target; a vendor that names every answer anew is not remembered without end. */
const mostSets = 256;

/** Counts the names that came back with an answer, each once, and takes away what the row counted before. */
export function takeModelNames(
  target: TargetView,
  row: number,
  turns: readonly CallRecord[],
): void {
  const { models, modelSets } = target;
  const { at } = target.rows;
  for (const name of modelSets[at.models[row] ?? 0] ?? []) {
    const left = (models.get(name) ?? 0) - 1;
    if (left > 0) models.set(name, left);
    else models.delete(name);
  }
  at.models[row] = 0;
  const names = namesIn(turns);
  if (names.length === 0) return;
  const known = modelSets.findIndex((set) => isSame(set, names));
  if (known < 0 && modelSets.length >= mostSets) return;
  at.models[row] = known < 0 ? modelSets.push(names) - 1 : known;
  for (const name of names) models.set(name, (models.get(name) ?? 0) + 1);
}

/** Each once; a loop, because it runs for every answer of a run file. */
function namesIn(turns: readonly CallRecord[]): readonly string[] {
  const names: string[] = [];
  for (const { model_returned } of turns) {
    if (model_returned !== null && !names.includes(model_returned)) names.push(model_returned);
  }
  return names;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, at) => name === b[at]);
