import { isTakenBack } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";

const asksTitle = /哪[一]?[首篇部本]|出自|作品|什么书|书名|诗题|篇名|题目是什么/u;

/**
 * The one title that a reply thinking aloud leaves standing (《登高》？不是。…对，是《望岳》。): those that it asks about, denies
 * or has from the question are none. Null where several are left or the question asks for no title.
 */
export function titleTold(reply: string, question: string): string | null {
  if (!asksTitle.test(question)) return null;
  const text = answerText(reply).slice(-longest);
  const left = new Set<string>();
  const out = new Set<string>();
  for (const match of text.matchAll(/《([^《》\n]{1,30})》/gu)) {
    const title = match[1] ?? "";
    const after = text.slice(match.index + match[0].length);
    const isOut =
      /^[^，,。；;]{0,12}(?:落选|落败|落榜|淘汰|出局|无缘)/u.test(after) ||
      /^[”"]?\s*(?:[？?]|吗|呢|是“)/u.test(after) ||
      isTakenBack(text, match.index, match.index + match[0].length);
    if (isOut) out.add(title);
    else if (!question.includes(title)) left.add(title);
  }
  const [only, second] = left;
  // Beside it others were weighed; a reply that names but one says more by its words.
  return only !== undefined && second === undefined && [...out].some((each) => each !== only)
    ? only
    : null;
}

const longest = 1_000;
