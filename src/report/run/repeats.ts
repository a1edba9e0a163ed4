import type { Lang } from "../../domain/text.ts";
import type { Failure } from "../view/model.ts";

import { clean } from "../render/format.ts";
import { outcomeWords } from "../render/words.ts";

/** What two failures have in common that are one to a reader. */
export type RepeatedFailure = Pick<Failure, "target" | "outcome" | "code" | "message">;

/** Failures of which the first says all: the others are counted. */
export type FailureRepeats = {
  /** Whether a failure is the first of its cause; the others wait to be told. */
  readonly isNew: (cause: RepeatedFailure) => boolean;
  /** How many of one cause have waited. */
  readonly taken: (cause: RepeatedFailure) => number;
  /** How many have waited, one line for each cause; empty where none have. */
  readonly told: (lang: Lang) => readonly string[];
};

/** Ids of requests, times and the like, in which messages of one cause differ. */
const numbers = /[\w-]*\d[\w-]*/g;

const keyOf = ({ target, outcome, code, message }: RepeatedFailure): string =>
  JSON.stringify([target, outcome, message?.slice(0, 500).replaceAll(numbers, "#") ?? code]);

export function createRepeats(): FailureRepeats {
  const causes = new Map<string, { readonly cause: RepeatedFailure; waiting: number }>();
  return {
    isNew: (cause) => {
      const known = causes.get(keyOf(cause));
      if (known === undefined) causes.set(keyOf(cause), { cause, waiting: 0 });
      else known.waiting++;
      return known === undefined;
    },
    taken: (cause) => {
      const known = causes.get(keyOf(cause));
      const times = known?.waiting ?? 0;
      if (known !== undefined) known.waiting = 0;
      return times;
    },
    told: (lang) =>
      [...causes.values()].flatMap((each) => {
        const { cause, waiting } = each;
        each.waiting = 0;
        return waiting === 0 ? [] : [repeatedLine(cause, waiting, lang)];
      }),
  };
}

function repeatedLine(
  { target, outcome, code }: RepeatedFailure,
  times: number,
  lang: Lang,
): string {
  const why = [outcomeWords[outcome][lang], ...(code === null ? [] : [code])].join(" ");
  return clean(
    lang === "zh"
      ? `✗ ${target} 又有 ${times} 次同样的失败：${why}`
      : `✗ ${target} failed the same way ${times} more ${times === 1 ? "time" : "times"}: ${why}`,
    600,
  );
}
