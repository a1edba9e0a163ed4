import { stripThink } from "../../../text/extract.ts";
import { foldSimplified } from "../../../text/normalise.ts";
import {
  bareKey,
  foldVerdict,
  type LooseField,
  readLooseList,
  readLooseObject,
} from "./loose-object.ts";

/** One member of a verdict: its key, folded and simplified, and its value as text. */
export type VerdictField = { readonly key: string; readonly value: string };

/** What a verdict says, or what is wrong with it, worded for the judge. */
export type Interpreted<Verdict> =
  | { readonly ok: true; readonly verdict: Verdict }
  | { readonly ok: false; readonly problem: string };

export type Interpret<Verdict> = {
  readonly fields: (fields: readonly VerdictField[]) => Interpreted<Verdict>;
  /** For a verdict that is one bare word. */
  readonly word?: (word: string) => Interpreted<Verdict>;
  /** True where a sentence after the verdict may contradict it. */
  readonly contradicts: (verdict: Verdict, sentence: string) => boolean;
};

export type Read<Verdict> =
  | {
      readonly ok: true;
      readonly verdict: Verdict;
      readonly reason: string | null;
      readonly fields: readonly VerdictField[];
    }
  /** The problem, worded for the judge. */
  | { readonly ok: false; readonly problem: string; readonly line: string | null };

/** The start of the verdict line. The code keeps a quoted candidate from passing for the judge. */
export const verdictMark = (code: string): string => `【判定 ${code}】`;

/**
 * The verdict in a judge's reply: the object after the mark with the right code, or an object that holds the code under
 * 编号. Takes every form that means one thing, and nothing that means two: verdicts that differ, a key twice, a
 * verdict that is cut off, words after it that take it back. Never a guess: without the code there is no verdict.
 */
export function readVerdict<Verdict>(
  reply: string,
  code: string,
  interpret: Interpret<Verdict>,
): Read<Verdict> {
  const { text } = stripThink(reply);
  const places = placesOf(text, code);
  const [first] = places;
  if (first === undefined) {
    return {
      ok: false,
      problem: `没有以 ${verdictMark(code)} 开头的最后一行`,
      line: lastLine(text),
    };
  }
  const found = places.flatMap(({ rest }) => readPlace(rest, interpret) ?? []);
  const line = shownLine(text.slice(first.from));
  const last = found.at(-1);
  if (last === undefined) return { ok: false, problem: "判定行里没有判定", line };
  for (const each of found) if (!each.read.ok) return { ...each.read, line };
  if (new Set(found.map(({ read }) => JSON.stringify(read))).size > 1) {
    return { ok: false, problem: "前后写了两个不同的判定", line };
  }
  const { read, tail, fields } = last;
  if (!read.ok) return { ...read, line };
  if (tail !== "" && (takesBack.test(tail) || interpret.contradicts(read.verdict, tail))) {
    return { ok: false, problem: "判定行之后又写了会改变判定的话", line };
  }
  const given = fields.find(({ key }) => isReason(key))?.value ?? null;
  return {
    ...read,
    reason: shortened(text.slice(0, first.from)) ?? shortened(given ?? ""),
    fields,
  };
}

/** The reply's own words about its verdict, folded: what stands after the code, or all of it where there is none. */
export function verdictWords(reply: string, code: string): string {
  const { text } = stripThink(reply);
  const places = placesOf(text, code);
  return foldVerdict(places.length === 0 ? text : places.map(({ rest }) => rest).join("\n"));
}

/** The member in which a judge says that it doubts the reference. */
export const doubtKey = "参考存疑";

const reasonKeys =
  /^(?:参考存疑|理由|原因|依据|证据|说明|评语|备注|分析|总评|评价|点评|引文|编号|编码|code|reason|reasons|evidence|comment|explanation)$/iu;
const isReason = (key: string): boolean =>
  reasonKeys.test(key) && !/^(?:参考存疑|编号|编码|code)$/iu.test(key);

/** The fields that carry the verdict: reasons and the code are taken out. */
export const verdictFields = (fields: readonly VerdictField[]): readonly VerdictField[] =>
  fields.filter(({ key }) => !reasonKeys.test(key));

type VerdictPlace = { readonly from: number; readonly rest: string };

/** What follows each mark with the right code, up to the next one; else the object that holds the code. */
function placesOf(text: string, code: string): readonly VerdictPlace[] {
  const mark = markPattern(code);
  const marks = [...text.matchAll(mark)];
  if (marks.length > 0) {
    return marks.map((found, index) => ({
      from: found.index,
      rest: text.slice(found.index + found[0].length, marks[index + 1]?.index ?? text.length),
    }));
  }
  const at = text.indexOf(code);
  if (at < 0) return [];
  for (let from = text.indexOf("{"); from >= 0 && from < at; from = text.indexOf("{", from + 1)) {
    const rest = foldVerdict(text.slice(from));
    const fields = readLooseObject(rest, 0)?.fields ?? [];
    const isOurs = fields.some(
      ({ key, value }) => /^(?:编号|编码|code)$/iu.test(key) && value === code,
    );
    if (isOurs) return [{ from, rest: text.slice(from) }];
  }
  return [];
}

/** The mark in any brackets or none, its code in half or full width. */
function markPattern(code: string): RegExp {
  const wide = Array.from(code, (char) => {
    const full = String.fromCodePoint((char.codePointAt(0) ?? 0) + fullWidth);
    return `[${char}${full}]`;
  }).join("");
  const gap = "[\\s\\p{Cf}:：]*";
  return new RegExp(
    `[*_\`]*(?:[【\\[［〔「『《<]\\s*)?判[\\s\\p{Cf}]*[定决決]${gap}(?:code|编号)?${gap}${wide}[\\s\\p{Cf}]*[】\\]］〕」』》>]?`,
    "giu",
  );
}

/** From a character to its full-width form. */
const fullWidth = 0xfee0;

type Found<Verdict> = {
  readonly read: Interpreted<Verdict>;
  readonly tail: string;
  readonly fields: readonly VerdictField[];
};

/** Null where the mark is only mentioned, or the form itself is repeated. */
function readPlace<Verdict>(rest: string, interpret: Interpret<Verdict>): Found<Verdict> | null {
  const text = foldVerdict(rest).replace(/^[\s:*`>#~"'“-]*(?:json)?[\s[]*/iu, "");
  if (text.startsWith("{")) {
    const object = readLooseObject(text, 0);
    if (object === null) return unread("判定行里的 JSON 不完整，或有一项没有值");
    return within(object.fields, text.slice(object.end), interpret);
  }
  const { fields, end } = readLooseList(text);
  if (fields.length > 0) return within(fields, text.slice(end), interpret);
  const [line = "", ...after] = text.split("\n");
  const word = interpret.word?.(line.trim());
  if (word?.ok === true) return { read: word, tail: bareTail(after.join("\n")), fields: [] };
  return text.includes("{") ? unread("判定行里的判定不在开头") : null;
}

const unread = (problem: string) =>
  ({ read: { ok: false, problem }, tail: "", fields: [] }) as const;

function within<Verdict>(
  loose: readonly LooseField[],
  tail: string,
  interpret: Interpret<Verdict>,
): Found<Verdict> | null {
  const fields = flat(loose);
  if (fields === null) return unread("判定行里嵌套的对象看不出哪个是判定");
  const blanks = fields.filter(({ value }) => isBlank(value));
  if (blanks.length > 0 && blanks.length === verdictFields(fields).length) return null;
  return { read: interpret.fields(fields), tail: bareTail(tail), fields };
}

/** The form itself, not filled in: `<1-5>`, `<甲/乙/平>`. */
const isBlank = (value: string): boolean => /^<[^<>]*[-–/][^<>]*>$/u.test(value);

/** Unwraps `{"评分": {…}}` and `{"切题": {"分数": 4, "理由": "…"}}`; null where a nested object is neither. */
function flat(loose: readonly LooseField[]): readonly VerdictField[] | null {
  const wrapper = loose.filter(({ key }) => !reasonKeys.test(keyOf(key)));
  const [only] = wrapper;
  if (only !== undefined && wrapper.length === 1 && typeof only.value !== "string") {
    const inner = valueWithin(only.value);
    const rest = flat(loose.filter((each) => each !== only)) ?? [];
    const own = inner === null ? flat(only.value) : [{ key: keyOf(only.key), value: inner }];
    return own === null ? null : [...own, ...rest];
  }
  const fields: VerdictField[] = [];
  for (const { key, value } of loose) {
    const text = typeof value === "string" ? value : valueWithin(value);
    if (text === null) return null;
    fields.push({ key: keyOf(key), value: text });
  }
  return fields;
}

function valueWithin(fields: readonly LooseField[]): string | null {
  const values = fields.filter(({ key }) =>
    /^(?:分|分数|得分|评分|判定|结果|答案|值|score|mark|value)$/iu.test(bareKey(key)),
  );
  const [only] = values;
  const isPlain =
    fields.length === values.length + fields.filter(({ key }) => isReason(key)).length;
  return only !== undefined && values.length === 1 && isPlain && typeof only.value === "string"
    ? only.value
    : null;
}

/** A key as it is compared. */
export const keyOf = (key: string): string => bareKey(foldSimplified(key)).toLowerCase();

/** The words after a verdict, without rules, fences and brackets. */
const bareTail = (tail: string): string =>
  tail
    .replaceAll(/[`*_~#>=|\]}\s"'“”」】)。.!;,—-]|json/giu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();

/** Words that revise what was said: marks, bonuses, second thoughts. */
const takesBack =
  /\d|[{<]|[一二两三四五六七八九十半]分|满分|零分|[加减扣]分|更正|改[为成判]|修[正改订]|纠正|订正|重新|再想|再看|其实|不过|但|然而|应[当该为]|抱歉|对不起|说错|写错|有误|误判|撤回|作废|收回|不算|不作数|不计|为准|取消|忽略|[过偏给太][高低]|[高低]了|评为|另外|此外|提高|降低|上调|下调|actually|however|\bbut\b|should|sorry|correct|instead|revis|chang|wrong|mistake|\bwait/iu;

const maxReasonChars = 400;

function shortened(text: string): string | null {
  const bare = text.replaceAll(/[`*\s>#]+$/g, "").trim();
  if (bare === "") return null;
  const points = Array.from(bare);
  return points.length <= maxReasonChars ? bare : `${points.slice(0, maxReasonChars).join("")}…`;
}

const maxShown = 300;
const shownLine = (text: string): string => Array.from(text.trim()).slice(0, maxShown).join("");
const lastLine = (text: string): string | null => {
  const line = text.trim().split("\n").at(-1) ?? "";
  return line === "" ? null : shownLine(line);
};
