import type { GradeContext, Grader } from "../domain/grader.ts";
import type { GoldTurn, ScoreLine } from "../domain/run-file/lines.ts";
import type { GraderRef } from "../domain/suite.ts";

import { digestOf } from "../domain/digest.ts";
import { UserError } from "../domain/text.ts";
import { type LoadGrader, parseGraderOptions } from "./graders.ts";
import { needsNobody } from "./judge/needs.ts";

/** A grader with its options, loaded and parsed once for all items that refer to it. */
type Ready = {
  readonly grader: Grader;
  readonly options: unknown;
  /** The graders that it uses. */
  readonly parts: readonly Ready[];
  /** Null until it is first needed, and where it depends on the judges. */
  stamp: ScoreLine["grader"] | null;
};

/** A turn that is graded, and its place among all turns. */
export type GradedTurn = { readonly gold: GoldTurn; readonly index: number; readonly ready: Ready };

/** Null where a grader has to be prepared first. */
export function gradedTurns(
  golds: readonly GoldTurn[],
  load: LoadGrader,
): readonly GradedTurn[] | null {
  const turns: GradedTurn[] = [];
  for (const [index, gold] of golds.entries()) {
    if (gold.grader === null) continue;
    const ready = preparedBefore(gold.grader, load);
    if (ready === null) return null;
    turns.push({ gold, index, ready });
  }
  return turns;
}

/** Rejects with a `UserError` where a turn names a grader that does not exist or options that it does not take. */
export async function preparedTurns(
  golds: readonly GoldTurn[],
  load: LoadGrader,
): Promise<readonly GradedTurn[]> {
  const turns: GradedTurn[] = [];
  for (const [index, gold] of golds.entries()) {
    if (gold.grader === null) continue;
    turns.push({ gold, index, ready: await prepare(gold.grader, load) });
  }
  return turns;
}

const readied = new WeakMap<GraderRef, { readonly load: LoadGrader; readonly ready: Ready }>();

/** Items of one task share their grader reference, so it is prepared once. */
function preparedBefore(ref: GraderRef, load: LoadGrader): Ready | null {
  const known = readied.get(ref);
  return known?.load === load ? known.ready : null;
}

/** By JSON, for items that were read one by one. */
const readiedTexts = new WeakMap<LoadGrader, Map<string, Ready>>();
/** Options that differ from item to item would be kept for ever. */
const mostTexts = 1_000;

function textsOf(load: LoadGrader): Map<string, Ready> {
  const known = readiedTexts.get(load);
  if (known !== undefined && known.size < mostTexts) return known;
  const texts = new Map<string, Ready>();
  readiedTexts.set(load, texts);
  return texts;
}

async function prepare(ref: GraderRef, load: LoadGrader): Promise<Ready> {
  const known = preparedBefore(ref, load);
  if (known !== null) return known;
  const text = JSON.stringify(ref);
  const equal = textsOf(load).get(text);
  if (equal !== undefined) return equal;
  const grader = await load(ref.use);
  if (grader === null) {
    throw new UserError({
      zh: `没有名为 ${ref.use} 的评分器`,
      en: `there is no grader ${ref.use}`,
    });
  }
  const options = parseGraderOptions(grader, ref.with);
  const parts = await Promise.all(
    (grader.parts?.(options) ?? []).map((part) => prepare(part.ref, load)),
  );
  const ready = { grader, options, parts, stamp: null };
  readied.set(ref, { load, ready });
  textsOf(load).set(text, ready);
  return ready;
}

function stampOf(ready: Ready, context: GradeContext): ScoreLine["grader"] {
  if (ready.stamp !== null) return ready.stamp;
  const { grader, options } = ready;
  const { id, version } = grader;
  const own = grader.stamp?.(options, context);
  const used = ready.parts.map((part) => stampOf(part, context));
  const parts = used.length === 0 ? {} : { parts: used };
  const stamp = { id, version, digest: digestOf({ id, version, options, stamp: own, ...parts }) };
  const isFixed =
    (grader.stamp === undefined || needsNobody(grader, options)) &&
    ready.parts.every((part) => part.stamp !== null);
  if (isFixed) ready.stamp = stamp;
  return stamp;
}

/** Id, version and digest of the grader; several are joined by "+". */
export function graderStamp(
  turns: readonly GradedTurn[],
  context: GradeContext,
): ScoreLine["grader"] {
  const stamps = turns.map(({ ready }) => stampOf(ready, context));
  const [first] = stamps;
  if (first !== undefined && stamps.length === 1) return first;
  const distinct = [...new Map(stamps.map((stamp) => [stamp.digest, stamp])).values()];
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return only;
  return {
    id: [...new Set(distinct.map(({ id }) => id))].join("+"),
    version: distinct.map(({ version }) => version).join("+"),
    digest: digestOf(distinct.map(({ digest }) => digest)),
  };
}
