import { readFileSync } from "node:fs";

import { parse } from "yaml";
import { z } from "zod";

const Mark = z.int().min(1).max(5);
const Reply = z.tuple([z.string().regex(/^[1-5]{4}$/), Mark, Mark, z.string().min(1)]);
const Rows = z.array(z.strictObject({ question: z.string(), replies: z.array(Reply).min(1) }));

/** One reply with its two marks; `question` numbers the question that it answers. */
export type MarkedReply = {
  readonly question: number;
  /** Of 切题, 准确, 充分 and 表达, as the authors see them. */
  readonly levels: readonly number[];
  /** By impression, and by the caps. */
  readonly marks: readonly [number, number];
};

export const criteria = ["切题", "准确", "充分", "表达"] as const;

export function markedReplies(): readonly MarkedReply[] {
  const text = readFileSync(new URL("rows.yaml", import.meta.url), "utf8");
  return Rows.parse(parse(text)).flatMap(({ replies }, question) =>
    replies.map(([levels, impression, caps]) => ({
      question,
      levels: Array.from(levels, Number),
      marks: [impression, caps] as const,
    })),
  );
}
