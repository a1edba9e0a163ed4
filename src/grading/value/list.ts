import { foldText, undressed } from "../../text/answer-fold.ts";
import { withoutGloss } from "./gloss.ts";
import { defineValueType } from "./value-type.ts";

/** The members, split at every sign; and split at 和 too, which may be part of a member (和田). */
type Members = { readonly bySigns: readonly string[]; readonly byWords: readonly string[] };

const bullet =
  /^\s*(?:[-*•·]\s+|[(（]?\d{1,3}\s?[.、)）:：]\s*(?!\d)|[①-⑳]\s*|第[一二三四五六七八九十\d]+[、:：是]\s*)/;
/** 1、 at a line's head, whose sign parts members elsewhere. */
const numbers = /^\s*[(（]?\d{1,3}\s?[、.)）]\s*(?!\d)/gm;
const signs = /[、，,；;\n]+|\s*(?:->|→|＞|>)\s*|\s+\/\s+|\t+/;
const conjunctions = /(?<=.)(?:以及|及其|和|与|及|跟|\s+and\s+|\s*&\s*)(?=.)/;
const introduction =
  /^[^、，,；;\n:：]{0,40}?(?:分别|依次|如下|包括|有|是|为)*\s*[:：]\s*(?=\S)|^[^、，,；;\n]{0,40}?(?:(?:分别|依次)(?:是|为)|包括|有|是|为)\s*(?=\S)/;

/** Several texts: 李工、小唐, 李工和小唐, one a line with or without numbers. */
export const list = defineValueType<Members>({
  expected: {
    zh: "两项或更多，如 [李工, 小唐] 或 李工、小唐",
    en: "two or more members such as [李工, 小唐]",
  },
  parseGold: (gold) => membersOf(gold, 2),
  parse: (text) =>
    membersOf(
      text
        .replace(introduction, "")
        .replace(/(?:等等?|这?[两二三四五六七八九十几\d]+[个位人项种]人?)[。.]?\s*$/, ""),
      1,
    ),
  mentions: (text) => {
    const after = /(?:分别|依次)?(?:是|为|有|包括|:|：)\s*([^是为有:：。]+)[。.]?\s*$/.exec(
      undressed(text),
    )?.[1];
    return after === undefined ? [] : [after];
  },
  loose: true,
  compare: (gold, reply, { options }) => {
    const arranged = (members: readonly string[]): string =>
      (options.order === "free" ? members.toSorted() : members).join("\n");
    const wanted = new Set([gold.bySigns, gold.byWords].map(arranged));
    return [reply.bySigns, reply.byWords].some((each) => wanted.has(arranged(each)))
      ? "same"
      : "different";
  },
});

/** Null where there are fewer members. */
function membersOf(text: string, least: number): Members | null {
  const pieces = text
    .trim()
    .replace(/^\[(.*)\]$/s, "$1")
    .replaceAll(numbers, "")
    .replaceAll(/[。.！!]\s*$/g, "")
    .split(signs)
    .map((piece) => piece.replace(bullet, ""));
  const bySigns = kept(pieces);
  const byWords = kept(pieces.flatMap((piece) => piece.split(conjunctions)));
  return byWords.length < least || byWords.length > 200 ? null : { bySigns, byWords };
}

const kept = (pieces: readonly string[]): readonly string[] =>
  pieces.map((piece) => foldText(withoutGloss(piece))).filter((piece) => piece !== "");
