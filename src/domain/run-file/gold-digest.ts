import type { GoldTurn } from "./lines.ts";

import { digestOf } from "../digest.ts";

/** The digest of what decides about the replies to an item. */
export const goldDigest = (turns: readonly GoldTurn[]): string => digestOf(turns.map(decisive));

/**
 * What of a gold decides about a reply: its witness and mutants prove the gold itself. In the order of the alphabet, in
 * which the digest is quickest.
 */
const decisive = (turn: GoldTurn) =>
  ({
    aliases: turn.aliases,
    answer: turn.answer,
    answer_map: turn.answer_map,
    answers: turn.answers,
    constraints: turn.constraints,
    expect: turn.expect,
    expected_calls: turn.expected_calls,
    gold_passages: turn.gold_passages,
    partial: turn.partial,
    points: turn.points,
    reference: turn.reference,
    reference_kind: turn.reference_kind,
    rubric: turn.rubric,
    tests: turn.tests,
    tolerance: turn.tolerance,
    unit: turn.unit,
    weight: turn.weight,
  }) satisfies Record<Exclude<keyof GoldTurn, Proving>, unknown>;

type Proving = "question" | "options" | "grader" | "witness" | "mutants";
