/** What a reply has that only some replies have; each costs a closer look. */
export type Signs = {
  /** Offers, asides or another question may follow the answer. */
  readonly tail: boolean;
  /** Something may be taken back. */
  readonly turn: boolean;
  /** Tags, JSON, tables or check lists. */
  readonly wrapper: boolean;
};

const tail =
  /需要我|要不要|想不想|还想|再[来出练做试][一两几道个]|否需|[你您]|想要?[我看了听让]|[如若](?:需|还?有)|果(?:还?有|需)|希望|欢迎|随时|有(?:其他|什么|任何|别的)|you|me know|[Ff]eel free|[Hh]ope|[Hh]appy to|[Nn]eed (?:mo|fu|any)|[Ss]hall I|<\||<think/y;
/** A line that begins an aside or another question. */
const line =
  /\n[^\u4e00-\u9fffA-Za-z\n]{0,12}(?:(?:知识|思维|背景|课外)?(?:拓展|扩展|延伸|补充|链接)|小知识|冷知识|小贴士|温馨提示|友情提示|易错|干扰项|举一反三|变式|相关|顺便|另外|附|学习|解题|类似|[Nn]ote|[Tt]ip|[Ff]un|[Ee]xt|[Bb]y the|P\.|下一|再来|第[ ]?[二三23][ ]?题|新|题目|问题|例题|练习|试题|请|以?下列|[Qq]|[Pp]rob|[Hh]uman|[Uu]ser|用户|提问)/y;
const turn =
  /不(?:对|,|好意思|妥)|更正|[订修纠改]正|勘误|改[选为成]|反了|错(?:了|(?<=[写看搞弄记算说审答]错))|笔误|等等|等一?下|稍等|且慢|慢着|重新|再[想看检审核]|想(?:想|(?<=[一细]想))|抱歉|起(?<=对不起)|[Ww]ait|[Aa]ctually|[Cc]orrect(?:ion|ed|ing)|[Ss]econd thought|[Hh]mm|[Oo]ops|[Ss]orry|[Ss]cratch|[Rr]econsider|[Rr]e-?check|[Mm]istake|[Mm]isread|[Ll]et me|[Nn]o,|->|→|=>/y;
const wrapper =
  /<(?:\/?(?:ans|pic|fin|res|out|sol|cho|答|最|结)|\|)|\{\s*["“'\n]|\|[^|\n]{0,40}(?:答案|选择|结[论果]|作答|[Aa]nswer)|[☑☐⬜]|\[[ x×√✓✔aAfF/]/y;

const beginnings = [
  [1, "需要还再想否你您想如若果希欢随有ymFfHhNnSs<"],
  [2, "不更订修纠改勘错反笔等稍且慢重再想抱起WwAaCcSsHhOoRrMmLlNn-→="],
  [4, "<{|☑☐⬜["],
  [8, "\n"],
] as const;

/** The bits of the signs that can begin with a character. */
const kinds = new Uint8Array(0x1_0000);
for (const [bit, chars] of beginnings)
  for (const char of chars) kinds[char.charCodeAt(0)] = (kinds[char.charCodeAt(0)] ?? 0) | bit;

/** Looks for all signs in one pass, which takes less time than the searches that it spares. */
export function signsOf(text: string): Signs {
  let found = 0;
  for (let at = 0; at < text.length && found !== 7; at++) {
    const open = (kinds[text.charCodeAt(at)] ?? 0) & ~found;
    if (open === 0) continue;
    if ((open & 1) !== 0 && beginsAt(tail, text, at)) found |= 1;
    if ((open & 8) !== 0 && mayBegin(text, at) && beginsAt(line, text, at)) found |= 1;
    if ((open & 2) !== 0 && beginsAt(turn, text, at)) found |= 2;
    if ((open & 4) !== 0 && beginsAt(wrapper, text, at)) found |= 4;
  }
  return { tail: (found & 1) !== 0, turn: (found & 2) !== 0, wrapper: (found & 4) !== 0 };
}

const heads = new Set(
  Array.from(
    "知思背课拓扩延补链小温友冷易干举变相顺另附学解类下再第新题问例练试请以用提NnTtFfEeBbPpQqHhUu",
    (char) => char.charCodeAt(0),
  ),
);

/** The first word after a line end could begin such a line. */
function mayBegin(text: string, lineEnd: number): boolean {
  for (let at = lineEnd + 1; at < lineEnd + 14; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x4dff && code < 0xa000) return heads.has(code);
    if ((code > 64 && code < 91) || (code > 96 && code < 123)) return heads.has(code);
    if (code === 10 || Number.isNaN(code)) return false;
  }
  return true;
}

export const noSigns: Signs = { tail: false, turn: false, wrapper: false };

/** The place may be inside a question that the model asked itself, or inside an offer in the same line. */
export function mayBeBeside(text: string, place: number): boolean {
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < place; at = text.indexOf("\n", at + 1)) {
    if (mayBegin(text, at) && beginsAt(line, text, at)) return true;
    start = at + 1;
  }
  for (let at = start; at < place; at++)
    if (((kinds[text.charCodeAt(at)] ?? 0) & 1) !== 0 && beginsAt(tail, text, at)) return true;
  return false;
}

function beginsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
