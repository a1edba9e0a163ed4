import { foldText, undressed } from "../../text/answer-fold.ts";
import { withoutGloss } from "./gloss.ts";
import { defineValueType } from "./value-type.ts";

/** The members, split at every sign; and split at 和 too, which may be part of a member (和田). */
type Members = {
  readonly bySigns: readonly string[];
  readonly byWords: readonly string[];
  /** Without what tells of each member: 一等奖的李雷, 第一组：何静, 随后是小吴. */
  readonly byNames: readonly string[];
};

const bullet =
  /^\s*(?:[-*•·]\s+|[(（]?\d{1,3}\s?[.、)）:：]\s*(?!\d)|[①-⑳]\s*|第[一二三四五六七八九十\d]+[\p{Script=Han}]{0,2}[、:：是]\s*)/u;
/** 1、 at a line's head, whose sign parts members elsewhere. */
const numbers = /^\s*[(（]?\d{1,3}\s?[、.)）]\s*(?!\d)/gm;
const signs =
  /\s*[①-⑳]\s*|\s+\d{1,2}[.、)]\s*(?!\d)|[、，,；;\n]+|\s*(?:->|→|＞|>)\s*|\s+\/\s+|\t+/;
const conjunctions = /(?<=.)(?:以及|及其|和|与|及|跟|\s+and\s+|\s*&\s*)(?=.)/;
const introduction =
  /^[^、，,；;\n:：]{0,40}?(?:分别|依次|如下|包括|有|是|为)*\s*[:：]\s*(?=\S)|^[^、，,；;\n]{0,40}?(?:(?:分别|依次|先后)(?:是|为|(?:提到|说到|讲到|写到|提及|列出|介绍|出现)了?)|包括|有|是|为)\s*(?=\S)/;

/** 入选的有三人，按姓氏笔画为序：, before members between 、 */
const heading = /^[^、:：\n]{0,60}[:：]\s*(?=[^:：\n、]{1,40}、[^:：\n]{1,400}$)/;

/** 先打磨，再上漆 */
const sequence =
  /^\s*(?:首先|其次|然后|接着|随后|最后|第[一二三四五六]步|[先再](?=[^\s]{2}))[是：:]?\s*/;

/** Words that put members in order and are none themselves. */
const connective =
  /^\s*(?:(?:依次|分别|先后|各自?|即)(?:(?:是|为|有)\s*[:：]?\s*|[:：]\s*|$)|(?:还有|另有|再加上|加上|以及)(?=.))/;
const count =
  /^\s*(?:(?:一?共|总共)?有?[两二三四五六七八九十几\d]+\s?[个位人项种名条]人?|(?:一?共|总共)有?)\s*$/;
/** What stands before a member and tells of it. */
const attribute =
  /^(?:[^是的:：]{1,10}(?:[:：]|的?是|的(?=..))\s*|第[一二三四五六七八九十\d]+[名位个组]|[冠亚季]军)(?=\S{2})/;
/** 马力最后一个到 */
const rank =
  /(?<=^\p{Script=Han}{2,4}?)(?:是|排|居)?在?(?:最[先后早晚]|第[一二三四五六七八九十]).{0,12}$/u;
/** 除了老秦，去的还有小穆: those who are named first belong to the list too. */
const besides = /除了?([^，,。]{1,30}?)(?:[之以]?外)?[，,][^，,。]{0,20}?(?:还有|还包括)/;
/** Those that were not asked for. */
const others = /[，,；;]\s*(?:而)?(?:另外|其余|其他|其它|剩下|剩余|余下)的?.{0,80}$/s;

/** Several texts: 李工、小唐, 李工和小唐, one a line with or without numbers. */
export const list = defineValueType<Members>({
  expected: {
    zh: "两项或更多，如 [李工, 小唐] 或 李工、小唐",
    en: "two or more members such as [李工, 小唐]",
  },
  parseGold: (gold) => membersOf(gold, 2),
  parse: (text) =>
    /不是|并非|除了|[之以]外/u.test(text) || !isLines(text)
      ? null
      : membersOf(
          text
            .replace(others, "")
            .replace(heading, "")
            .replace(introduction, "")
            .replace(/(?:等等?|这?[两二三四五六七八九十几\d]+[个位人项种]人?)[。.]?\s*$/, ""),
          1,
        ),
  mentions: (text) => {
    const bare = undressed(text)
      .replaceAll(/(?<=[,，、；;]\s*)(?:另外|此外|同时)?[还另]有(?=.)/g, "以及")
      .replace(others, "");
    const joined = bare.replace(besides, "$1、");
    if (joined !== bare) return [joined];
    // 先到的是老周，随后是小吴: each clause has its own.
    if ((bare.match(/[是为](?!了)/g)?.length ?? 0) > 1) return [bare];
    const told =
      /(?:分别|依次|先后)(?:是|为|有|(?:提到|说到|讲到|写到|提及|列出|介绍|出现)了?)?\s*[:：]?\s*([^。]+)[。.]?\s*$/.exec(
        bare,
      )?.[1];
    const after = /(?:是|为|有|包括|:|：)\s*([^是为有:：。]+)[。.]?\s*$/.exec(bare)?.[1];
    return [told, after].filter((each) => each !== undefined);
  },
  loose: true,
  lines: true,
  partial: ({ byWords }) => byWords.length < 2,
  compare: (gold, reply, { options }) => {
    const arranged = (members: readonly string[]): string =>
      (options.order === "free" ? members.toSorted() : members).join("\n");
    const wanted = new Set([gold.bySigns, gold.byWords].map(arranged));
    if ([reply.bySigns, reply.byWords, reply.byNames].some((each) => wanted.has(arranged(each))))
      return "same";
    // 王澈随后补充: more is said of a member than can be told from its name.
    const isTold = gold.byWords.every(
      (member) => member.length > 1 && reply.byNames.some((each) => each.includes(member)),
    );
    const isMore = reply.byNames.some((each) =>
      gold.byWords.some((member) => each.length >= member.length + 3 && each.includes(member)),
    );
    return isTold && isMore ? "incomplete" : "different";
  },
});

/** One line, or lines of which each can be a member, below a line that announces them. */
function isLines(text: string): boolean {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2) return true;
  return lines.every(
    (line, at) =>
      (at === 0 && /[:：]\s*$/.test(line)) ||
      (line.length <= 40 &&
        !/[。！!？?]./.test(line) &&
        !/答案|^\s*(?:因此|所以|综上|故|总之|由此)/.test(line)),
  );
}

/** Null where there are fewer members. */
function membersOf(text: string, least: number): Members | null {
  const pieces = text
    .trim()
    .replace(/^\[(.*)\]$/s, "$1")
    .replaceAll(numbers, "")
    .replaceAll(/[。.！!]\s*$/g, "")
    .split(signs)
    .map((piece) => piece.replace(bullet, "").replace(sequence, "").replace(connective, ""))
    .filter((piece, _, all) => all.length < 2 || !count.test(piece));
  const bySigns = kept(pieces);
  const byWords = kept(pieces.flatMap((piece) => piece.split(conjunctions)));
  const byNames = kept(
    pieces
      .filter((piece) => !/^按照?|^根据/.test(piece))
      .flatMap((piece) => piece.split(conjunctions))
      .map((piece) => piece.replace(attribute, "").replace(rank, "")),
  );
  return byWords.length < least || byWords.length > 200 ? null : { bySigns, byWords, byNames };
}

const kept = (pieces: readonly string[]): readonly string[] =>
  pieces.map((piece) => foldText(withoutGloss(piece))).filter((piece) => piece !== "");
