import { z } from "zod";

import { defineGrader } from "../domain/grader.ts";
import { readReply } from "../grading/grounding/claims.ts";

const Options = z.strictObject({
  expect: z
    .enum(["abstain", "answer"])
    .optional()
    .describe(
      "what is right: abstain where the material holds no answer; absent: abstain where the item has no gold_passages, else answer",
    ),
});

/**
 * Whether a reply says that the material holds no answer where it holds none, and answers where it does. What it answers is
 * for other graders.
 */
export const grader = defineGrader({
  id: "abstain",
  version: "1",
  title: { zh: "该弃答时弃答", en: "abstention" },
  options: Options,
  reads: ["gold_passages"],
  check: () => [],
  grade: ({ gold, reply }, options) => {
    const { claims, abstains } = readReply(reply);
    const expect =
      options.expect ?? ((gold.gold_passages ?? []).length === 0 ? "abstain" : "answer");
    const said = abstains ? (claims.length === 0 ? "弃答" : "弃答后又作答") : "作答";
    const detail = { extracted: said, notes: { abstains, claims: claims.length } };
    if (!abstains && claims.length === 0)
      return { verdict: "unresolved", value: 0, ...detail, why: "neither claims nor abstains" };
    if (expect === "answer")
      return abstains && claims.length === 0
        ? { verdict: "wrong", value: 0, ...detail, why: "abstains though the material answers" }
        : { verdict: "right", value: 1, ...detail, why: "answers" };
    if (!abstains)
      return { verdict: "wrong", value: 0, ...detail, why: "answers what nothing holds" };
    return claims.length === 0
      ? { verdict: "right", value: 1, ...detail, why: "abstains" }
      : { verdict: "partial", value: 0.5, ...detail, why: "abstains and claims more" };
  },
});
