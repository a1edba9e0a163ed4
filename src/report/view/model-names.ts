import type { CallRecord } from "../../domain/call.ts";
import type { NameSets, TargetView } from "./model.ts";

/** Sets of names kept apart of one target; a vendor that names every answer anew is not remembered without end. */
const mostSets = 256;

/** Counts the names that came back with an answer, each once, and takes away what the row counted before. */
export function takeModelNames(
  target: TargetView,
  row: number,
  turns: readonly CallRecord[],
): void {
  const known = { counts: target.models, sets: target.modelSets };
  takeNames(known, target.rows.at.models, row, namesIn(turns));
}

/** Counts names of an answer; `column` holds by row which set of them it counted. */
export function takeNames(
  { counts, sets }: NameSets,
  column: Uint16Array,
  row: number,
  names: readonly string[],
): void {
  for (const name of sets[column[row] ?? 0] ?? []) {
    const left = (counts.get(name) ?? 0) - 1;
    if (left > 0) counts.set(name, left);
    else counts.delete(name);
  }
  column[row] = 0;
  if (names.length === 0) return;
  const known = sets.findIndex((set) => isSame(set, names));
  if (known < 0 && sets.length >= mostSets) return;
  column[row] = known < 0 ? sets.push(names) - 1 : known;
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
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
