import type { Segment } from "../text/segments/segment.ts";

import { boxed, markedTails } from "../text/extract.ts";
import { seldom } from "../text/finding/seldom.ts";
import { mayAnswer, segmentsOf } from "../text/segments/segments.ts";
import { withoutAsides } from "./asides.ts";

/** The parts of a reply in which its answer may stand, and those from its last correction on; null where it has none. */
export function answerParts(reply: string): {
  readonly all: readonly Segment[];
  readonly corrected: readonly Segment[] | null;
} {
  const whole = withLinesAfterNumbers(reply);
  const parts = rejoined(
    withoutAsides(
      segmentsOf(whole).filter((part) => mayAnswer(part) && !isConfirmation(part.text)),
      whole,
    ),
  );
  const isAnnounced = parts.some(({ kind }) => kind === "announcement");
  // Beside the answer's key, other keys of an object hold none: {"answer": 42, "confidence": 0.9}.
  const all = parts.filter(
    ({ kind, wrapper }) => !isAnnounced || wrapper !== "json" || kind === "announcement",
  );
  const turn = all.findLastIndex(({ kind }) => kind === "correction");
  return { all, corrected: turn < 0 ? null : all.slice(turn) };
}

/** Checks what has been said and finds it right, though it begins like a correction: 再检查一遍：…，与题意一致。 */
export const isConfirmation = (text: string): boolean =>
  text.length <= longestCheck && checks.test(text) && agrees.test(text) && !gives.test(text);

const longestCheck = 400;
const checks = seldom(
  /^[\s>*_#(（]{0,8}(?:让?我)?(?:再|重新|最后|反过来|回头)?(?:次|来)?(?:仔细)?(?:验|检查|检验|核对|核实|核算|复核|复查|代入|代回|确认)/,
);
const agrees = seldom(
  /一致|符合|吻合|相符|无误|正确|成立|没有?(?:任何)?(?:问题|错)|对得上|(?<!不)对[。.)）\s]*$|✓|✔|√/,
);
const gives = seldom(
  /不(?:一致|符合?|正确|成立|对)|应[该当]?[是为改]|答案[是为:：]|所以|因此|更正|改[为成]/,
);

/** The space after 45. Wait, …: a number and a full stop look like the mark of a list. Offsets stay. */
const afterNumber =
  /(?<=\d[)%]?\.)\s(?=(?:wait|actually|sorry|correction|hmm|oops|no,|等等|不对|更正))/gi;

const mayGoOn = seldom(afterNumber);

const withLinesAfterNumbers = (reply: string): string =>
  reply.includes(".") && mayGoOn.may(reply) ? reply.replaceAll(afterNumber, "\n") : reply;

/** The parts of a reply in which its answer may stand, among them remarks, but no check that merely confirms. */
export const rejoinedParts = (reply: string): readonly Segment[] =>
  rejoined(
    segmentsOf(withLinesAfterNumbers(reply)).filter(
      (part) => mayAnswer(part) && !isConfirmation(part.text),
    ),
  );

/** Sentences that were parted at the dots of a remainder (17÷3=5…2) or of a list in one piece again. */
export function rejoined(parts: readonly Segment[]): readonly Segment[] {
  const whole: Segment[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    const goesOn =
      last?.kind === part.kind &&
      last.end === part.start &&
      last.wrapper === null &&
      part.wrapper === null &&
      /(?:…|\.{3})$/.test(last.text);
    if (last === undefined || !goesOn) whole.push(part);
    else whole[whole.length - 1] = { ...last, text: `${last.text}${part.text}`, end: part.end };
  }
  return whole;
}

/** How an answer is announced, the strongest form first, and what stands there, in order. */
export type Tier = readonly [
  why: "bracket" | "boxed" | "wrapper" | "marker",
  announced: readonly string[],
];

/**
 * What is announced as the answer: in 【】, in boxes, in a tag, table or key for the answer, after an announcement. `texts`
 * holds the text of each part, folded, and `whole` all of them.
 */
export function announcedIn(
  parts: readonly Segment[],
  texts: readonly string[],
  whole: string,
): readonly Tier[] {
  const wrapped = (match: (wrapper: string) => boolean): readonly string[] =>
    texts.filter((_, index) => {
      const part = parts[index];
      return part?.kind === "announcement" && part.wrapper !== null && match(part.wrapper);
    });
  return [
    ["bracket", Array.from(whole.matchAll(bracket), (match) => match[1] ?? "")],
    ["boxed", [...boxed(whole), ...wrapped((wrapper) => wrapper === "boxed")]],
    ["wrapper", wrapped((wrapper) => wrapper !== "boxed")],
    ["marker", [...markedTails(whole), ...headed(whole)]],
  ];
}

const bracket = /【([^【】\n]{1,60})】/g;
/** A heading or a table's cell that announces what follows it. */
const heading =
  /(?:^|\n)[#*>|\s\d.、_-]{0,12}(?:最终|最后|正确)?(?:答案|结果|结论|答|final answer|answer|result)[*\s::|_]{0,8}(?:\n+|\|)\s*([^\n]{1,400})/gi;
const headed = (text: string): readonly string[] =>
  Array.from(text.matchAll(heading), (match) => match[1] ?? "");
