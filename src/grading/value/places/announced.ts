import type { Segment } from "../../../text/segments/segment.ts";
import type { StatedAnswer } from "./stated-answer.ts";

import { answerText } from "../../../text/segments/segments.ts";
import { isConfirmation } from "../../announced.ts";
import { weightOf } from "./clauses.ts";
import { chosenSide, forms, isHedged } from "./forms.ts";
import { statedIn } from "./statement.ts";

const marker =
  /(?:(?:最终|最后|正确|参考|标准|我的)?(?:答案|答)(?:应该?|应当|就|只能|其实)?(?:是|为|即|选)?\s*[*_]{0,3}\s*[:：]\s*[*_]{0,3}|【答案】\s*[:：]?|(?:答案|结果|结论)[*_]{0,3}(?:应该?|应当|就|其实)?(?:是|为|等于|填写?|写作?)\s*[:：]?|\b(?:final\s+)?answer[*_]{0,3}\s*(?:is|should be|:|：)\s*[:：]?)/giu;
const heading =
  /^[\s#>*_]*(?:(?:最终|最后|正确|参考|标准)?(?:答案|结论)|(?:final )?answer)[\s*_:：]*$/iu;

/** The last correction or announcement; a correction that names nothing (检查无误) leaves the announcement before it. */
export function lastAnnounced(
  reply: string,
  parts: readonly Segment[],
  question: string,
): StatedAnswer | null {
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at];
    if (part === undefined) continue;
    const found =
      part.kind === "correction" && parts.length - at <= mostParts && !isConfirmation(part.text)
        ? corrected(parts.slice(at), question)
        : part.kind === "announcement" || /答案|answer/i.test(part.text)
          ? announcedIn(reply, part, parts.slice(at + 1), question)
          : null;
    if (found !== null) return found;
  }
  return null;
}

/** Sentences that can belong to one correction. */
const mostParts = 60;

function announcedIn(
  reply: string,
  part: Segment,
  later: readonly Segment[],
  question: string,
): StatedAnswer | null {
  if (part.wrapper !== null) {
    if (part.kind !== "announcement") return null;
    const text = onlyValue.exec(part.text)?.[1] ?? part.text;
    return { text, stated: forms(text), why: part.wrapper, sure: true };
  }
  const mark = Array.from(part.text.matchAll(marker)).at(-1);
  const isHeading = heading.test(part.text);
  if (mark === undefined && !isHeading) return null;
  const tail = mark === undefined || isHeading ? "" : part.text.slice(mark.index + mark[0].length);
  if (/[\p{L}\p{N}\p{S}]/u.test(tail)) {
    if (negatedMark.test(part.text.slice(0, mark?.index))) return null;
    const line = tail.slice(0, longestTail);
    return { text: line, stated: tailForms(line, question), why: "marker", sure: true };
  }
  if (later.length === 0) return null;
  const rest = answerText(reply.slice(part.end).replace(/^[\s*_:：]+/u, ""));
  const line = rest.split("\n").find((each) => each.trim() !== "") ?? "";
  const stated = [rest, ...tailForms(line.slice(0, longestTail), question)];
  return { text: rest, stated, why: "marker", sure: true };
}

/** An object in the place of the answer that holds one text: {"answer": "apple"}. */
const onlyValue = /^\s*\{\s*"[^"\n]{1,24}"\s*:\s*"([^"\n]{1,200})"\s*\}\s*$/u;

/** Characters of an announced line. */
const longestTail = 400;

const negatedMark = /(?:不是|错误的?|并非|不要把)\s*$/u;

/** An announced text as a whole, its first sentence, and the side of a contrast that it chooses. */
function tailForms(tail: string, question: string): readonly string[] {
  const lead = /^\s*(?:(?:应该?|应当|就|其实|可能)?(?:是|为|即|选|填)|[:：])\s*/u;
  const bare = tail.trim().replace(lead, "");
  const chosen = chosenSide(bare).replace(lead, "");
  const [first = ""] = chosen.split(/(?<=[。！!；;])/u);
  const [clause = ""] = chosen.split(/[，,](?!\d{3})/u);
  const alternatives = /(?:或者?|要么|也可能)/u.test(chosen);
  const shorter = alternatives
    ? []
    : [
        chosen,
        first,
        ...(/[，,]\s*(?:也就是|即|亦即|又称|也叫|简称)\s*([^，,。；;]{1,24})/u
          .exec(first)
          ?.slice(1) ?? []),
        ...(isRemark(chosen.slice(clause.length)) ? [clause] : []),
      ];
  const said = bare.length > 12 ? statedIn(first, question) : [];
  return [
    ...new Set([tail.trim(), bare, ...shorter].flatMap(forms).concat(alternatives ? [] : said)),
  ];
}

/** Words behind a comma that tell more about an answer and are no part of it. */
const isRemark = (rest: string): boolean =>
  /^[，,]\s*(?:它|他|她|这|该|其|即|也就是|意思|比喻|出自|位于|因为|理由|原因|而|是|为|属于|来自|选自|作者|省会|首都|全长|面积|海拔|全称|简称|别名|又名|英文|指|表示|对应|符合|because|which|since)/iu.test(
    rest,
  );

const opener =
  /^[\s>#*_~•·\-–—(（【,，。.…:：]*(?:更正|订正|修正|纠正|勘误|改正|不对|不|错了|等等|等一下|稍等|且慢|重新[^，,。:：]{0,8}|(?:仔细|再|转念|认真)[^，,。:：]{0,6}|哦不|抱歉|对不起|不好意思|(?:上面|上述|前面|刚才|之前|刚刚)[^，,。:：]{0,16}|我[^，,。:：]{0,8}(?:错|误)了?|(?:oh,?\s+)?(?:wait|no)|actually|correction|hmm|no|oops|sorry)[,，。.!！:：…—\s]*/iu;
const confirmed =
  /没有?(?:什么)?(?:问题|错)|无误|确实(?:是|如此)|是正确的|答案不变|仍然?是对的|(?:still|is) correct/iu;

/** What a correction puts in the place of what stood before; the last of its sentences that names something. */
function corrected(parts: readonly Segment[], question: string): StatedAnswer | null {
  const [first, ...later] = parts;
  if (first === undefined || first.text.length > longestTail) return null;
  if (confirmed.test(parts.map(({ text }) => text).join(" "))) return null;
  const arrow =
    /(?:→|->|⇒|=>|改[为成]|更正为|修正为|订正为|纠正为)\s*[:：]?\s*(.+?)\s*(?:[（(][^（()）]*[）)])?[。.]?$/u.exec(
      first.text,
    )?.[1];
  if (arrow !== undefined && later.length === 0)
    return { text: arrow, stated: forms(arrow), why: "correction", sure: true };
  let rest = first.text.trim();
  for (let round = 0; round < 4; round++) rest = rest.replace(opener, "");
  // 不，那是张九龄的；这里接“…”: what is said of the old answer is not the new one.
  rest = rest.replace(
    /^(?:那|这|它|前者|该句)(?:句|个|首)?(?:其实)?(?:是|属于|出自|指的?是?|说的是)[^，,；;。]{1,20}[，,；;]\s*/u,
    "",
  );
  rest = rest.replace(/[）)]+(?=[。.]?$)/u, (closers) => (/[（(]/u.test(rest) ? closers : ""));
  // What tells more of the matter behind a correction that answers the question is no answer.
  const own = statedIn(rest, question).length === 0 ? -9 : weightOf(rest, question);
  const [decisive] = later
    .map(({ text }, at) => ({ text, at, weight: weightOf(text, question) }))
    .filter(({ weight, at }) => weight > own + (at === 0 ? 0.3 : 0.8))
    .map((each) => ({ ...each, stated: statedIn(each.text, question) }))
    .filter(({ stated }) => stated.length > 0)
    .toSorted((a, b) => b.weight - a.weight || b.at - a.at);
  if (decisive !== undefined)
    return { text: decisive.text, stated: decisive.stated, why: "correction", sure: true };
  if (!/[\p{L}\p{N}]/u.test(rest) || isHedged(rest)) return null;
  const said = statedIn(rest, question);
  const bare = said.length > 0 || /应|是|为|建议|请|[，,].*[，,]/u.test(rest) ? [] : forms(rest);
  const marked = rest.replace(
    /^(?:正确)?(?:的)?(?:答案|结果)?(?:应该?|应当)?(?:是|为|选|[:：])\s*/u,
    "",
  );
  const stated = [...(marked === rest ? [] : tailForms(marked, question)), ...said, ...bare];
  return stated.length === 0 ? null : { text: rest, stated, why: "correction", sure: true };
}
