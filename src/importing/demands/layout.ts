import { quoteMark, quotesIn, type Shielded } from "./quotes.ts";

/** How the prompt wants paragraphs and sentences set apart; null where it says nothing. */
export type Layout = {
  /** Steps of a scope that all demands begin with. */
  readonly base: readonly string[];
  readonly paragraphsBy: string | null;
  readonly sentencesBy: readonly string[] | null;
  /** Marks that end a sentence, such as 。？！ */
  readonly sentencesAt: string | null;
  /** The mark at the end of a title, which is no sentence; null where it could stand in a sentence as well. */
  readonly titleEnd: string | null;
  /** Whether a table or mark-up is asked for, in which lines, sentences and paragraphs are not those of prose. */
  readonly isProse: boolean;
  /** Whether verse is asked for, whose 句 end with commas as well. */
  readonly isVerse: boolean;
};

/** 标题用《》标记 */
export const bracketedTitle =
  /标题(?:请|必须|要|需|应)*(?:用|使用|以)(?<open>《|\$\(|【|\[)(?<close>》|\)\$|】|\])(?:来)?(?:标记|括起来|标出|包裹)/u;

/** Reads what a prompt says about marks between paragraphs and sentences, and takes it out of the text. */
export function readLayout(
  { text: given, quotes }: Shielded,
  base: readonly string[],
): { readonly layout: Layout; readonly text: string } {
  let text = given;
  const take = (pattern: RegExp): string | null => {
    const found = pattern.exec(text);
    if (found === null) return null;
    text = `${text.slice(0, found.index)}${found.groups?.["keep"] ?? ""}${text.slice(found.index + found[0].length)}`;
    const [inner] = quotesIn(found.groups?.["mark"] ?? "", quotes);
    return inner ?? found.groups?.["mark"] ?? "";
  };
  const paragraphsBy = take(paragraphMark) ?? (take(blankLines) === null ? null : "\n\n");
  const bracketed = take(sentenceMarkInBrackets);
  const sentencesBy = bracketed ?? take(sentenceMark);
  const title = bracketedTitle.exec(text)?.groups?.["close"] ?? null;
  const ends = sentencesBy === null ? takeEnds(text) : null;
  if (ends !== null) text = ends.text;
  const parting = paragraphsBy === null || /^\s*$/u.test(paragraphsBy) ? null : paragraphsBy;
  return {
    text: text.replaceAll(noTitle, ""),
    layout: {
      base,
      paragraphsBy:
        paragraphsBy === null ? null : /^\s+$/u.test(paragraphsBy) ? "\n\n" : paragraphsBy,
      sentencesBy:
        sentencesBy === null ? null : [sentencesBy, ...(parting === null ? [] : [parting])],
      // A line of its own, such as a title, would be one sentence more.
      sentencesAt: ends?.marks ?? (title !== null || parting !== null ? "。？！" : null),
      titleEnd: title === ")$" ? title : null,
      isProse: !/(?<!列)表格|HTML|LaTeX|JSON|CSV|XML/iu.test(given),
      isVerse: /(?:写|作|创作)[^，。]{0,14}诗|绝句|律诗|藏头|藏尾/u.test(given),
    },
  };
}

const parted = "(?:来)?(?:进行)?(?:分[隔割]开?来?|隔开|分开|区分)";
const paragraphMark = new RegExp(
  `(?:，|、)?(?:并|且|并且)?(?:在)?(?:(?:每个?|各个?)(?:自然段|段落?)|(?<keep>段落?|自然段)|(?<=段落?[^。句]{0,24}))(?:之间)?(?:请|必须|需要?|要|应)?(?:都)?(?:使用|用|以)?(?:两个?换行符|[^，。]{0,6}?)(?<mark>${quoteMark})(?:这?个?符号|标记|作为分隔符?)?${parted}(?:段落)?`,
  "u",
);
const blankLines =
  /(?:，|、)?(?:并)?(?:在)?(?:(?:每个?|各)段落?|(?<keep>段落?))(?:之间)?(?:用|以|空)(?:一个?)?(?:两个换行符|空行|一行)(?:分[隔割]开?来?|隔开)?/u;
const sentenceMarkInBrackets = new RegExp(
  `[（(]每个?(?:句子|句话|句)(?:之间)?(?:都)?(?:使用|用|以)(?<mark>${quoteMark}|[^，。（）()作为这\\s]{1,8}?)(?:这个数字|这串英文|这个?符号|符号)?(?:作为)?(?:分隔符号?|分隔|隔开)[）)]`,
  "u",
);
const sentenceMark = new RegExp(
  `(?:，|、)?(?:并且?|且)?(?:在)?每个?(?:句子|句话|句)(?:之间)?(?:都)?(?:使用|用|以)(?<mark>${quoteMark}|[^，。（）()作为这\\s]{1,8}?)(?:这个数字|这串英文|这个?符号|符号)?(?:作为)?(?:分隔符号?|来?分隔|来?隔开)`,
  "u",
);
const endNames: Readonly<Record<string, string>> = {
  句号: "。",
  问号: "？",
  感叹号: "！",
  叹号: "！",
  分号: "；",
};
const endsInBrackets =
  /[（(]?(?:句子)?(?:以|用|由)(?:中文)?((?:(?:中文)?(?:句号|问号|感叹号|叹号|分号)(?:、|或者?|和|及)?)+)(?:作为)?(?:分[隔割]符?号?|结尾|结束|为界)[）)]?/gu;
const noTitle = /[（(](?:不要|不得|不能|无需|不需要?|不)(?:出现|带|写|使用|有)?标题[）)]/gu;

/** （用中文句号或问号或感叹号分隔） behind the word 句子, everywhere. */
function takeEnds(text: string): { readonly marks: string; readonly text: string } | null {
  const [first] = text.matchAll(endsInBrackets);
  if (first === undefined) return null;
  const named = first[1]?.match(/感叹号|句号|问号|叹号|分号/gu) ?? [];
  return {
    marks: named.map((name) => endNames[name] ?? "").join(""),
    text: text.replaceAll(endsInBrackets, ""),
  };
}

/** A text as a scope quotes it. */
export const written = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
