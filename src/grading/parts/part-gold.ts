import type { Gold } from "../../domain/grader.ts";

import { Scalar } from "../../domain/grader.ts";
import { isObject } from "../../domain/json.ts";

type Json = NonNullable<Gold["answer_map"]>[string];

/**
 * The gold with another answer: a scalar, a list of scalars, or a map. What belongs to the item's own answer (aliases,
 * tolerance, unit, partial credit) goes with it.
 */
export function goldWith(gold: Gold, answer: unknown): Gold {
  const { answer_map: _, ...rest } = gold;
  const bare = { ...rest, answers: null, aliases: [], tolerance: null, unit: null, partial: null };
  if (isObject(answer)) {
    // Part of an answer that is JSON already.
    return { ...bare, answer: null, answer_map: answer as Readonly<Record<string, Json>> };
  }
  return { ...bare, answer: scalarsOf(answer) };
}

function scalarsOf(answer: unknown): Gold["answer"] {
  if (!Array.isArray(answer)) return isScalar(answer) ? answer : null;
  return answer.every(isScalar) ? answer : answer.map((each) => JSON.stringify(each));
}

const isScalar = (value: unknown): value is Scalar => Scalar.safeParse(value).success;
