import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import { z } from "zod";

import type { RuledReply } from "../wording/second-reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { isEnglish } from "../english.ts";
import { ownWords } from "../own-words.ts";
import { stanceOf } from "../stance.ts";
import { stances } from "../stances.ts";
import { lettersOf } from "../tally.ts";
import { type WordingFeatures, wordingFeatures } from "../wording/features.ts";
import { type ReplyForm, formOf } from "../wording/form.ts";

const Row = z.strictObject({
  id: z.string(),
  expect: z.enum(["refuse", "answer"]),
  said: z.enum(stances),
  question: z.string(),
  reply: z.string(),
});

/** A reply of our own with what it does. */
export type LabelledReply = z.infer<typeof Row>;

/** The batches in the order in which they were written; see docs/graders/refusal.md. The seventh was written to teach. */
const batches = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
  "eleventh",
  "twelfth",
  "thirteenth",
  "fourteenth",
  "fifteenth",
  "sixteenth",
  "seventeenth",
  "eighteenth",
  "nineteenth",
] as const;
type Batch = (typeof batches)[number];

/** The replies of a batch. */
const repliesOf = (batch: Batch): readonly LabelledReply[] =>
  readFileSync(new URL(`replies-${batch}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => Row.parse(JSON.parse(line)));

/** A labelled reply as rule and wording see it. */
export type SeenReply = LabelledReply & {
  readonly batch: Batch;
  readonly features: WordingFeatures;
  readonly form: ReplyForm;
  readonly rule: RuledReply;
};

/** Every reply of the tables. */
export const seenReplies = (): readonly SeenReply[] =>
  batches.flatMap((batch) =>
    repliesOf(batch).map((row) => {
      const folded = foldSimplified(row.reply);
      const question = foldSimplified(row.question);
      const speech = ownWords(folded, question);
      return {
        ...row,
        batch,
        features: wordingFeatures(folded, speech, question, row.expect),
        form: formOf(folded, speech, question),
        rule: {
          ...stanceOf(folded, question, row.expect),
          letters: lettersOf(folded),
          isEnglish: isEnglish(folded),
        },
      };
    }),
  );

/** Changes whenever a reply, a label or a feature does. */
export const digestOf = (rows: readonly SeenReply[]): string =>
  createHash("sha256")
    .update(
      JSON.stringify(
        rows.map(({ expect, said, features, form }) => [expect, said, features, form]),
      ),
    )
    .digest("hex")
    .slice(0, 16);
