import type { Labels } from "./question/labels.ts";

/** Option labels that belong together: `B`, `ABD`, `A、C`, `(A)和(B)`. */
export type Group = {
  readonly start: number;
  readonly end: number;
  readonly letters: readonly string[];
  /** Joined by 或, 还是, or. */
  readonly hedged: boolean;
  /** Contains a letter that is not an option. */
  readonly outside: boolean;
};

type Run = { readonly letters: readonly string[]; readonly end: number; readonly outside: boolean };

/** Separators allowed between two labels of a group, without line ends. */
const between =
  /(?:[ ]?\([^()A-Z\n√×✓✗✔✘✅❌]{1,12}\)(?=[ ]?[、,和与及]))?[ \t)\]}】」』"'”’*`$]{0,8}(?:选?项)?[ \t]{0,2}(?:([、;/&+|]|,?[ ]?(?:和|与|以?及|跟|and(?![a-z])))|([,.])(?![ ]?(?:或|or(?![a-z])))|(,?[ ]?(?:或者|或是|或|还是|or(?![a-z]))))?[ \t]{0,2}(?:选?项)?[ \t([{【「『"'“‘*`$]{0,8}(?:\\(?:text|textbf|mathrm|mathbf)\{)?/y;
/** What may follow a label in a list whose members have points: A. C. D. */
const closed = /^(?:[.,。、;\s)*!<\]}]|$)/;
/** What follows a label that begins a statement of its own. */
const statement =
  /[ \t)\]】*]{0,4}(?:选?项|[.:](?![ \t]?[A-H](?:[.,。、\s]|$))(?=[ \t*]{0,4}[^\s*<])|错|不|正确|对|是|为|的|符|有|没|中|当选)/y;
/** After a semicolon a label begins a statement even with these words. */
const remark = /[ \t)\]】*]{0,4}(?:选?项)?[ ]?(?:属|也|都|均|则|并)/y;

/** Before the last label of a list: A、C和D；B和E. */
const conjunction = /[和与及]|and/;

/** The group that begins exactly at `from`, or null. Lower-case labels count only where `lower` is set. */
export function groupAt(text: string, from: number, labels: Labels, lower: boolean): Group | null {
  const first = runAt(text, from, labels, lower);
  if (first === null) return null;
  const letters = [...first.letters];
  let { end, outside } = first;
  let hedged = false;
  let last = false;
  while (mayJoin(text, end)) {
    between.lastIndex = end;
    const gap = between.exec(text);
    if (gap === null || gap[0] === "") break;
    const next = runAt(text, end + gap[0].length, labels, lower, true);
    if (next === null) break;
    const joins = (gap[1] !== undefined && !gap[1].includes(";")) || gap[3] !== undefined;
    // D（C、E 为输出设备）: what brackets hold is said of the list before them.
    if (!joins && opensRemark.test(gap[0])) break;
    // (B) O(log n): what is no label joins a list only where something joins it.
    if (next.outside && !joins && !/[,/.]/.test(gap[0]) && letters.length === 1) break;
    if (next.outside && /^[ \t]*[.:]?[ \t]*$/.test(gap[0]) && isVerdictLetter(next)) break;
    if (!joins && states(text, next.end)) break;
    remark.lastIndex = next.end;
    if (gap[1]?.includes(";") === true && remark.test(text)) break;
    if (last && /[;.]/.test(gap[0])) break;
    // D；A、B、C 描述均属实: a list goes up.
    if (gap[0].includes(";") && (next.letters[0] ?? "") < (letters.at(-1) ?? "")) break;
    if (!lower && /^[,;.]/.test(gap[0].trimStart()) && runsOn(text, gap[0], letters, next)) break;
    if (gap[0].includes(".") && !closed.test(text.slice(next.end, next.end + 1))) break;
    letters.push(...next.letters);
    last ||= conjunction.test(gap[0]);
    hedged ||= gap[3] !== undefined;
    outside ||= next.outside;
    end = next.end;
  }
  const sorted = letters.length === 1 ? letters : [...new Set(letters)].toSorted();
  return { start: from, end, letters: sorted, hedged, outside };
}

const opensRemark = /^[^)】\]}」』]*[([{【「『]/;

/** A. F, B Y, where F stands for false and Y for yes. */
const isVerdictLetter = ({ letters }: Run): boolean => /^[TFYN]$/.test(letters.join(""));

/** 最多的是A,B次之; 是D,A和B虽然…; so C. A child: in running text a new clause begins with the next label. */
function runsOn(text: string, gap: string, letters: readonly string[], next: Run): boolean {
  if ((gap === "," || gap.includes(".")) && (next.letters[0] ?? "") < (letters.at(-1) ?? ""))
    return true;
  return !listGoesOn.test(text.slice(next.end, next.end + 12));
}

const listGoesOn =
  /^[ \t)\]】」”"’'*`$]{0,6}(?:$|[\n,、;。.:!?(<)+/|&]|选?项|和|与|及|以及|或|都|均|皆|全|也|则|这|[两三四]|(?:and|or|all|both|are|were|do|have|can|cannot|would|is)(?![a-z]))/;

/** The characters with which `between` can begin. */
const joining = new Uint8Array(0x1_0000);
for (const char of " \t)]}】」』\"'”’*`$、;/&+|,.([{【「『“‘\\和与以及跟或还选项")
  joining[char.charCodeAt(0)] = 1;
for (const char of "ao") joining[char.charCodeAt(0)] = 1;

/** A quick check: most labels are followed by a character that joins nothing. */
const mayJoin = (text: string, at: number): boolean =>
  at < text.length && joining[text.charCodeAt(at)] === 1;

function states(text: string, at: number): boolean {
  statement.lastIndex = at;
  return statement.test(text);
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** A digit, underscore, prime, power or operator after a label makes it part of a formula. */
const formula = /[\d_'^=>≥≤]|<(?![a-z/|])|\((?:-?[\d.]+[,)]|[a-zA-Z][,)])/y;
const inFormula = new Uint8Array(0x1_0000);
for (const char of "0123456789_'^=>≥≤<(") inFormula[char.charCodeAt(0)] = 1;
/** English words that may follow A as an answer; before other words it is the article. */
const afterLetterA =
  /[ \t](?:is|are|was|because|as|since|and|or|nor|with|does|doesn't|isn't|wasn't|would|can|cannot|can't|has|fits|but)(?![a-z'])|(?![ \t]\d+-[a-z])[ \t]{0,2}[^a-z \t]|[ \t][a-h](?![a-z])|[ \t]{0,2}$/y;

function runAt(
  text: string,
  from: number,
  labels: Labels,
  lower: boolean,
  joined = false,
): Run | null {
  if (!labels.latin) return otherRunAt(text, from, labels);
  let end = from;
  let small = false;
  for (
    let code = text.charCodeAt(end);
    isUpper(code) || isLower(code);
    code = text.charCodeAt(end)
  ) {
    small ||= isLower(code);
    end++;
  }
  if (end === from || end - from > 26 || (small && !lower)) return null;
  if (!isFree(text, from) && !(joined && text.charAt(from - 1) === "+")) return null;
  formula.lastIndex = end;
  if (inFormula[text.charCodeAt(end)] === 1 && formula.test(text)) return null;
  const word = text.slice(from, end);
  if (word !== "A" && end === from + 1 && !small && labels.list.includes(word)) {
    return { letters: [word], end, outside: false };
  }
  const letters = Array.from(word.toUpperCase());
  // BCC and AA are no list.
  if (new Set(letters).size < letters.length) return null;
  const foreign = letters.filter((letter) => !labels.list.includes(letter));
  if (foreign.length > 0 && (small || letters.some((letter) => letter > "H"))) {
    if (letters.length > 1 || small) return null;
  }
  if (small && letters.length > 1 && (word !== word.toLowerCase() || !isAscending(letters)))
    return null;
  afterLetterA.lastIndex = end;
  if (word.toUpperCase() === "A" && !afterLetterA.test(text) && !isTold(text, from, end))
    return null;
  return { letters, end, outside: foreign.length > 0 };
}

/** A makes law. B enforces it.: a verb follows, as one follows the next label. */
const isTold = (text: string, from: number, end: number): boolean =>
  /(?:^|[.\n;]\s?)$/.test(text.slice(Math.max(0, from - 2), from)) &&
  /^ [a-z]{3,12}s /.test(text.slice(end, end + 16)) &&
  /(?:[.;,\n]\s?)B [a-z]{2,12}s /.test(text);

const isAscending = (letters: readonly string[]): boolean =>
  letters.every((letter, index) => index === 0 || (letters[index - 1] ?? "") < letter);

/** True where nothing before the label makes it part of a word, a number, a figure or a command. */
function isFree(text: string, at: number): boolean {
  if (at === 0) return true;
  const code = text.charCodeAt(at - 1);
  if (code === 62) return endsTag(text, at);
  return !(
    isUpper(code) ||
    isLower(code) ||
    isDigit(code) ||
    "_\\^△∠⊙∆<+".includes(text.charAt(at - 1))
  );
}

/** A > before a label is a comparison, unless it ends a tag (<answer>B) or quotes the line. */
function endsTag(text: string, at: number): boolean {
  if (at === 1 || text.charAt(at - 2) === "\n") return true;
  const before = text.slice(Math.max(0, at - 20), at - 1);
  const open = before.lastIndexOf("<");
  return open >= 0 && !/[\s\d=]/.test(before.slice(open));
}

/** Labels such as 甲乙丙丁, 1 to 4 or 对错: one at a time, not inside a number or a word of Latin letters. */
function otherRunAt(text: string, from: number, labels: Labels): Run | null {
  const upper = text.slice(from, from + 12).toUpperCase();
  const label = labels.list.find((each) => each !== "" && upper.startsWith(each));
  if (label === undefined) return null;
  const end = from + label.length;
  const word = /[\dA-Za-z]/;
  const joined =
    word.test(label) && (word.test(text.charAt(from - 1)) || word.test(text.charAt(end)));
  return joined || /^[.]\d/.test(text.slice(end, end + 2))
    ? null
    : { letters: [label], end, outside: false };
}

/** Nouns that make a single capital a name: 图A, 点A, A点, A型血. */
const nameBefore = new Set(Array.from("点角图圆弧轴面段量球杆盒组车站型合素维"));
const nameAfter = new Set(Array.from("点角型级类股国村镇校厂区县城班组车船队球杆盒液瓶管站图基"));

/** Every group of upper-case labels in running text. Empty where the labels are not Latin letters. */
export function mentions(text: string, labels: Labels): readonly Group[] {
  if (!labels.latin) return [];
  if (text === latest.text && labels === latest.labels) return latest.groups;
  const groups = mentionsIn(text, labels);
  latest = { text, labels, groups };
  return groups;
}

/** Several rules ask for the mentions of one text, one after the other. */
let latest: { text: string; labels: Labels | null; groups: readonly Group[] } = {
  text: "",
  labels: null,
  groups: [],
};

function mentionsIn(text: string, labels: Labels): readonly Group[] {
  const last = 64 + labels.list.length;
  const found: Group[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 65 || code > last) continue;
    const group = groupAt(text, at, labels, false);
    if (group !== null && !isName(text, group)) found.push(group);
    at = Math.max(at, group === null ? skipWord(text, at) : group.end) - (group === null ? 0 : 1);
  }
  return found;
}

const isName = (text: string, { start, end, outside }: Group): boolean =>
  outside ||
  nameBefore.has(text.charAt(start - 1)) ||
  (nameAfter.has(text.charAt(end)) && !isChosenGroup(text, start, end)) ||
  (text.charAt(end) === " " &&
    isUpper(text.charCodeAt(end + 1)) &&
    !/^[YNTF][ \t.,。;]*(?:\n|$)/.test(text.slice(end + 1, end + 6)));

/** 读音相同的是C组, 选C组: a group of words is an option. */
const isChosenGroup = (text: string, start: number, end: number): boolean =>
  text.charAt(end) === "组" && /[是选为即:] ?$/.test(text.slice(Math.max(0, start - 2), start));

function skipWord(text: string, from: number): number {
  let at = from;
  for (
    let code = text.charCodeAt(at + 1);
    isUpper(code) || isLower(code);
    code = text.charCodeAt(at + 1)
  ) {
    at++;
  }
  return at;
}
