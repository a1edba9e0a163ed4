import type { StatedAnswer } from "./stated-answer.ts";

import { answerText } from "../../../text/segments/segments.ts";
import { share } from "./asked.ts";
import { forms } from "./forms.ts";

/** The cells of the one table row that says what was asked: | **404** | 未找到 |. */
export function tableRow(reply: string, question: string): readonly StatedAnswer[] {
  const rows = Array.from(answerText(reply).matchAll(row), ([line]) => line)
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .slice(1, mostRows)
    .map((line) => ({ line, rank: share(line, question) }));
  if (rows.length < 2) return [];
  const most = Math.max(...rows.map(({ rank }) => rank));
  const [only, second] = rows.filter(({ rank }) => rank === most);
  if (only === undefined || second !== undefined || most < leastShare) return [];
  const cells = only.line
    .trim()
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "" && share(cell, question) < most);
  if (cells.length === 0) return [];
  return [{ text: only.line, stated: cells.flatMap(forms), why: "table row", sure: false }];
}

const row = /^[ \t]{0,4}\|[^\n]{1,400}\|[ \t]*$/gm;
const mostRows = 100;
const leastShare = 0.2;
