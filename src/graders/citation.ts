import { z } from "zod";

import type { Ballot } from "../domain/judging.ts";
import type { ReplyClaim } from "../grading/grounding/claims.ts";

import { defineGrader } from "../domain/grader.ts";
import { judgeClaims } from "../grading/grounding/ask-judge.ts";
import { noPassages, passageTexts } from "../grading/grounding/check-passages.ts";
import { readReply } from "../grading/grounding/claims.ts";
import { supportOf } from "../grading/grounding/support.ts";
import { type ClaimResult, gradeClaims } from "../grading/grounding/verdict.ts";

const Options = z.strictObject({
  judge: z
    .string()
    .min(1)
    .optional()
    .describe("a panel of the config, or a target, that decides what the rule leaves open"),
  first: z
    .union([z.literal(0), z.literal(1)])
    .default(1)
    .describe("the number of the first passage in citations: RAGFlow counts from 0"),
  uncited: z
    .enum(["wrong", "ignore"])
    .default("wrong")
    .describe("what a claim without a citation counts"),
  pass: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe("the share of claims from which a reply is right; absent: the share is the value"),
});
type Options = z.infer<typeof Options>;

/** Whether each claim names a passage that holds it: right, wrong (another passage, or none of that number), missing. */
export const grader = defineGrader({
  id: "citation",
  version: "1",
  title: { zh: "引用", en: "citations" },
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
  grade: async (sample, options, context) => {
    const passages = passageTexts(sample);
    if (passages === null) return noPassages;
    const { claims, abstains } = readReply(sample.reply);
    const counted =
      options.uncited === "ignore" ? claims.filter(({ cites }) => cites.length > 0) : claims;
    if (counted.length === 0) {
      const why = abstains ? "says that the material holds no answer" : "no claim to cite for";
      return { verdict: "right", value: 1, extracted: null, why, notes: { claims: 0, abstains } };
    }
    const ruled = counted.map((claim) => ruledOf(claim, passages, options));
    const left = ruled.filter(({ state }) => state === "open");
    const { judge } = options;
    const judged =
      judge === undefined || left.length === 0
        ? null
        : await Promise.all(
            left.map(({ text, cited }) => judgeClaims(sample, [text], cited, judge, context)),
          );
    const results = ruled.map((each): ClaimResult => {
      const at = left.indexOf(each);
      const said = at === -1 ? undefined : judged?.[at]?.rulings[0];
      if (said === undefined || said === "open") return each;
      const isGood = said === "supported";
      return {
        ...each,
        state: isGood ? "good" : "bad",
        label: isGood ? "right" : "wrong",
        why: `judge: ${said}`,
      };
    });
    const ballots: readonly Ballot[] = (judged ?? []).flatMap((each) => each?.ballots ?? []);
    return gradeClaims(results, options.pass, { abstains }, ballots);
  },
});

type RuledCitation = ClaimResult & { readonly cited: readonly string[] };

function ruledOf(
  { text, cites }: ReplyClaim,
  passages: readonly string[],
  { first }: Options,
): RuledCitation {
  const base = { text, cited: [] };
  if (cites.length === 0) return { ...base, state: "bad", label: "missing", why: "no citation" };
  const cited = cites.flatMap((number) => passages[number - first] ?? []);
  if (cited.length === 0) {
    const why = `there is no passage ${cites.join(", ")}`;
    return { ...base, state: "bad", label: "wrong", why };
  }
  const own = supportOf(text, cited);
  if (own.support === "supported")
    return { text, cited, state: "good", label: "right", why: own.why };
  if (own.support === "open") return { text, cited, state: "open", label: "open", why: own.why };
  const elsewhere = supportOf(text, passages);
  const why =
    elsewhere.support === "supported" && elsewhere.passage !== null
      ? `it stands in passage ${elsewhere.passage + first}`
      : own.why;
  return { text, cited, state: "bad", label: "wrong", why };
}
