import type { Thinking } from "../../domain/params.ts";
import type { TargetView } from "../view/model.ts";

import { type Mismatch, mismatches } from "../../domain/request/mismatch.ts";
import { isOffWord } from "../../domain/request/thinking.ts";
import { type LevelChange, levelOf, thinkingBit } from "../view/thinking.ts";
import { type ModelNames, modelNamesOf, otherModels } from "./models.ts";

/** What a target did about thinking, in answers. */
export type ThinkingKept = {
  /** What the target's own row asks for; null where only suites or the run ask. */
  readonly own: Thinking | null;
  /** Answers that asked for none, and those of them that reasoned all the same. */
  readonly asked_off: number;
  readonly despite: number;
  /** Answers that asked for it; those that reasoned, that surely did not, and for which nothing was sent. */
  readonly asked_on: number;
  readonly came: number;
  readonly silent: number;
  readonly unsent: number;
  /** Levels that were not sent as asked, or that the vendor treats as others. */
  readonly levels: readonly (LevelChange & { readonly answers: number })[];
};

/** What was asked of a target and what came back. */
export type AsAsked = ModelNames & {
  /** Null where nothing was asked about thinking. */
  readonly thinking_kept: ThinkingKept | null;
  /** Params that the vendor refused, and the answers given without them. */
  readonly refused_params: readonly { readonly param: string; readonly answers: number }[];
  readonly not_as_asked: readonly Mismatch[];
  /** The target's name promises what did not come, so it has no place under that name. */
  readonly misnamed: boolean;
};

/** Reads it from a target's answers; `effortIgnored`: levels of one model could not be told apart. */
export function asAskedOf(target: TargetView, effortIgnored = false): AsAsked {
  const names = modelNamesOf(target);
  const thinking_kept = thinkingKept(target);
  const refused_params = Array.from(target.refused.counts, ([param, answers]) => ({
    param,
    answers,
  }));
  const isOther = otherModels(names).length > 0;
  const isOff = thinking_kept !== null && !isKept(thinking_kept);
  const isTreated = thinking_kept?.levels.some(({ by }) => by === "vendor") === true;
  const not_as_asked = mismatches.filter(
    (kind) =>
      ({
        model: isOther,
        thinking: isOff || isTreated,
        effort: effortIgnored,
        params: refused_params.length > 0,
      })[kind],
  );
  const params = target.entry?.params ?? {};
  const ownRefused = refused_params.some(({ param }) => Object.hasOwn(params, param));
  const isNamed = thinking_kept?.own != null;
  const misnamed = ownRefused || (isNamed && (isOff || effortIgnored));
  return { ...names, thinking_kept, refused_params, not_as_asked, misnamed };
}

/** Above this share of answers that reasoned unasked, thinking was not off. */
const mostDespite = 0.02;

/**
 * Thinking was kept off if at most 2% of the answers reasoned, and on if any did: a model may find a question too easy.
 * A level that we replaced by another, or for which nothing was sent, was not kept either; one that the vendor is known to
 * treat as another is told, and keeps its place.
 */
function isKept(kept: ThinkingKept): boolean {
  if (kept.despite > kept.asked_off * mostDespite) return false;
  if (kept.asked_on > 0 && kept.came === 0 && kept.silent > 0) return false;
  return (
    kept.unsent === 0 && kept.levels.every(({ asked, by }) => by === "vendor" || isOffWord(asked))
  );
}

function thinkingKept({ rows: { at, length }, entry, levels }: TargetView): ThinkingKept | null {
  const counts = { asked_off: 0, despite: 0, asked_on: 0, came: 0, silent: 0, unsent: 0 };
  for (let row = 0; row < length; row++) {
    const bits = at.thinking[row] ?? 0;
    if (bits === 0) continue;
    if (bits & thinkingBit.askedOff) counts.asked_off++;
    if (bits & thinkingBit.despite) counts.despite++;
    if (bits & thinkingBit.askedOn) counts.asked_on++;
    if (bits & thinkingBit.came) counts.came++;
    else if (bits & thinkingBit.silent) counts.silent++;
    if (bits & thinkingBit.unsent) counts.unsent++;
  }
  if (counts.asked_off + counts.asked_on === 0) return null;
  const { thinking, thinking_budget } = entry?.params ?? {};
  return {
    own: thinking ?? thinking_budget ?? null,
    ...counts,
    levels: Array.from(levels.counts, ([change, answers]) => ({ ...levelOf(change), answers })),
  };
}
