import type { StatedAnswer } from "./stated-answer.ts";

import { forms, isHedged } from "./forms.ts";

/** The only quotation of one line under words that announce it: 下一句如下： and then > 疑是地上霜. */
export function announcedQuotation(text: string, question: string): readonly StatedAnswer[] {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => mark.test(line));
  if (at < 1 || lines.slice(at + 1).some((line) => mark.test(line))) return [];
  const quoted = (lines[at] ?? "").replace(mark, "").trim();
  const lead = lines.slice(0, at).findLast((line) => line.trim() !== "") ?? "";
  const isGiven = announces.test(lead) && !tellsOfSource.test(lead) && !isHedged(lead);
  if (!isGiven || quoted === "" || question.includes(quoted)) return [];
  return [{ text: quoted, stated: [quoted, ...forms(quoted)], why: "quotation", sure: true }];
}

/** The mark of a quotation in Markdown. */
const mark = /^\s{0,3}>\s?(?=\S)/;
const announces =
  /(?:如下|见下|在下面|以下|\bas follows|\b(?:here (?:it )?is|below)\b[^:：]{0,40})[*_\s]{0,4}[:：]?[*_\s]{0,4}$|(?:以下|下面)(?:就?是)?[^:：]{0,20}[:：][*_\s]{0,4}$/i;
/** What is quoted is where the answer comes from. */
const tellsOfSource =
  /原文|原句|题干|题目|材料|引文|出处|依据|规定|条文|证据|全诗|全文|上下文|记载|\b(?:source|passage|original|context|evidence|question)\b/i;
