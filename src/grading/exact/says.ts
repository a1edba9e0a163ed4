import type { ToldCandidate } from "./candidates.ts";

import { foldText } from "../../text/answer-fold.ts";
import { searchable } from "../../text/occurrence.ts";
import { isRespelt } from "../value/inferred.ts";
import { askOf, asked } from "../value/places/asked.ts";
import { isAsserted, isNamed } from "../value/places/asserted.ts";
import { isSame } from "./same.ts";

/** The gold that a candidate says, or null. */
export function goldSaid(
  candidate: ToldCandidate,
  golds: readonly string[],
  question: string,
): string | null {
  return golds.find((gold) => says(candidate, gold, question)) ?? null;
}

function says(candidate: ToldCandidate, gold: string, question: string): boolean {
  switch (candidate.kind) {
    case "forms":
      return candidate.forms.some(
        (form) =>
          isSame(form, gold, question) ||
          (candidate.why === "list" && isRespelt(form, gold, question)),
      );
    case "value":
      return candidate.value.agrees(gold) === "same";
    case "token":
      return searchable(gold) === candidate.token;
    case "naming":
      return isNamed(gold, candidate.clause, asked(question).nouns);
    case "clause":
      // What the question has too must be named as the answer.
      return foldText(askOf(question)).includes(foldText(gold))
        ? isNamed(gold, candidate.clause, asked(question).nouns)
        : isAsserted(gold, candidate.clause, question);
  }
}

/** What was read where it is one value; null where a clause only says one. */
export function readAs(candidate: ToldCandidate): string | null {
  if (candidate.kind === "value") return candidate.value.text;
  if (candidate.kind === "token") return candidate.token;
  return null;
}
