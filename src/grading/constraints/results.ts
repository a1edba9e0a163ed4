import type { Scalar } from "../../domain/grader.ts";
import type { Text } from "../../domain/text.ts";
import type { ItemConstraint } from "./read.ts";

import { testWithin } from "./scope.ts";

/** What became of one constraint of an item. */
export type ConstraintResult = {
  /** The constraint's id. */
  readonly check: string;
  /** Null where a judge was to say and none did. */
  readonly ok: boolean | null;
  readonly why: Text;
};

/** Tests a reply to a question against every constraint, in order, the judge's questions aside. */
export async function testConstraints(
  reply: string,
  question: string,
  constraints: readonly ItemConstraint[],
): Promise<readonly ConstraintResult[]> {
  const text = reply.replaceAll("\r\n", "\n").trim();
  const results: ConstraintResult[] = [];
  for (const { constraint, options, scope } of constraints) {
    const tested = await testWithin(text, scope, (part) =>
      constraint.test(part, options, { question }),
    );
    results.push({ check: constraint.id, ...tested });
  }
  return results;
}

type Notes = Readonly<Record<string, Scalar>>;

/**
 * The results as notes of a score line: `1.length: true` with `1.length.zh` and `1.length.en` that say why. A result that
 * nobody knows has only the two texts.
 */
export const notesOf = (results: readonly ConstraintResult[]): Notes =>
  Object.fromEntries(
    results.flatMap(({ check, ok, why }, index) => {
      const name = `${index + 1}.${check}`;
      return [
        ...(ok === null ? [] : [[name, ok] as const]),
        [`${name}.zh`, why.zh] as const,
        [`${name}.en`, why.en] as const,
      ];
    }),
  );

const noteName = /^(\d{1,4})\.([a-z0-9-]+)\.zh$/;

/** The results that stand in a score line's notes, in order; none for other graders. */
export function resultsIn(notes: Notes | undefined): readonly ConstraintResult[] {
  return Object.entries(notes ?? {}).flatMap(([key, zh]) => {
    const [, n, check] = noteName.exec(key) ?? [];
    if (n === undefined || check === undefined || notes === undefined) return [];
    const ok = notes[`${n}.${check}`];
    const why = { zh: String(zh), en: String(notes[`${n}.${check}.en`] ?? zh) };
    return [{ check, ok: typeof ok === "boolean" ? ok : null, why }];
  });
}
