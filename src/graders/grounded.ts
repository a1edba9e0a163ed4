import { z } from "zod";

import type { Ballot } from "../domain/judging.ts";

import { defineGrader } from "../domain/grader.ts";
import { judgeClaims } from "../grading/grounding/ask-judge.ts";
import { noPassages, passageTexts } from "../grading/grounding/check-passages.ts";
import { readReply } from "../grading/grounding/claims.ts";
import { type Support, supportOf } from "../grading/grounding/support.ts";
import { type ClaimResult, gradeClaims } from "../grading/grounding/verdict.ts";

const Options = z.strictObject({
  judge: z
    .string()
    .min(1)
    .optional()
    .describe("a panel of the config, or a target, that decides what the rule leaves open"),
  pass: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("the share of claims from which a reply is right; absent: the share is the value"),
});

/**
 * Whether every claim of a reply is held by the passages that it was given or that it retrieved: sentence by sentence, by
 * rule, and by a judge whose quotations are checked where the rule cannot tell.
 */
export const grader = defineGrader({
  id: "grounded",
  version: "1",
  title: { zh: "有据", en: "groundedness" },
  options: Options,
  reads: [],
  needs: ({ judge }) => ({
    judges: judge === undefined ? [] : [judge],
    optional: true,
    same_family: "refuse",
    baselines: [],
    calls: () => (judge === undefined ? 0 : 1),
  }),
  stamp: ({ judge }, { panel }) =>
    judge === undefined ? null : (panel?.(judge)?.judges.map(({ ref }) => ref) ?? null),
  check: () => [],
  grade: async (sample, { judge, pass }, context) => {
    const passages = passageTexts(sample);
    if (passages === null) return noPassages;
    const { claims, abstains } = readReply(sample.reply);
    if (claims.length === 0) {
      const why = abstains ? "says that the material holds no answer" : "no claim";
      return { verdict: "right", value: 1, extracted: null, why, notes: { claims: 0, abstains } };
    }
    const ruled = claims.map(({ text }) => ({ text, ...supportOf(text, passages) }));
    const left = ruled.filter(({ support }) => support === "open");
    const judged =
      judge === undefined || left.length === 0
        ? null
        : await judgeClaims(
            sample,
            left.map(({ text }) => text),
            passages,
            judge,
            context,
          );
    const results = ruled.map((each): ClaimResult => {
      const at = left.indexOf(each);
      const said = at === -1 ? undefined : judged?.rulings[at];
      return said === undefined
        ? resultOf(each)
        : resultOf({ ...each, support: said, why: "judge" });
    });
    const ballots: readonly Ballot[] = judged?.ballots ?? [];
    const notes = {
      abstains,
      decided_by: left.length === 0 ? "rule" : judged === null ? "nobody" : "judge",
      ...(judged === null || judged.unquoted === 0 ? {} : { quotes_not_found: judged.unquoted }),
    };
    return gradeClaims(results, pass, notes, ballots);
  },
});

const states: Readonly<Record<Support, ClaimResult["state"]>> = {
  supported: "good",
  contradicted: "bad",
  unsupported: "bad",
  open: "open",
};

const resultOf = ({
  text,
  support,
  why,
}: {
  readonly text: string;
  readonly support: Support;
  readonly why: string;
}): ClaimResult => ({ text, state: states[support], label: support, why });
