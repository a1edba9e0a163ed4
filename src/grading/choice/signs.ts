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
  /需要我|要不要|否需|[你您]|想要?[我看了听让]|[如若](?:需|还?有)|果(?:还?有|需)|希望|欢迎|随时|有(?:其他|什么|任何|别的)|you|me know|[Ff]eel free|[Hh]ope|[Hh]appy to|[Nn]eed (?:mo|fu|any)|[Ss]hall I|<\||\n[^\u4e00-\u9fffA-Za-z\n]{0,12}(?:(?:知识|思维|背景|课外)?(?:拓展|扩展|延伸|补充|链接)|小知识|冷知识|小贴士|易错|干扰项|举一反三|变式|相关|顺便|另外|附|学习|解题|类似|[Nn]ote|[Tt]ip|[Ff]un|[Ee]xt|[Bb]y the|P\.|下一|再来|第[二2]题|新|题目|问题|例题|练习|试题|请|以?下列|[Qq]|[Pp]rob|[Hh]uman|[Uu]ser|用户|提问)/y;
const turn =
  /不(?:对|,|好意思|妥)|更正|[订修纠改]正|勘误|改[选为成]|[写看搞弄记算说审答]错|错了|笔误|等等|等一?下|稍等|且慢|慢着|重新|再[想看检审核]|[一细]想|想想|抱歉|对不起|[Ww]ait|[Aa]ctually|[Cc]orrect(?:ion|ed|ing)|[Ss]econd thought|[Hh]mm|[Oo]ops|[Ss]orry|[Ss]cratch|[Rr]econsider|[Rr]e-?check|[Mm]istake|[Mm]isread|[Ll]et me|[Nn]o,|->|→|=>/y;
const wrapper = /[<{|☑☐⬜]|\[[ x×√✓✔aAfF/]/y;

const patterns = [tail, turn, wrapper] as const;
const beginnings = [
  "需要否你您想如若果希欢随有ymFfHhNnSs<\n",
  "不更订修纠改勘写看搞弄记算说审答错笔等稍且慢重再一细想抱对WwAaCcSsHhOoRrMmLlNn-→=",
  "<{|☑☐⬜[",
] as const;

/** Bit k is set where pattern k can begin with the character. */
const kinds = new Uint8Array(0x1_0000);
for (const [bit, chars] of beginnings.entries())
  for (const char of chars)
    kinds[char.charCodeAt(0)] = (kinds[char.charCodeAt(0)] ?? 0) | (1 << bit);

/** Looks for all signs in one pass, which takes less time than the searches that it spares. */
export function signsOf(text: string): Signs {
  let found = 0;
  for (let at = 0; at < text.length && found !== 7; at++) {
    const open = (kinds[text.charCodeAt(at)] ?? 0) & ~found;
    if (open === 0) continue;
    for (const [bit, pattern] of patterns.entries()) {
      if ((open & (1 << bit)) === 0) continue;
      pattern.lastIndex = at;
      if (pattern.test(text)) found |= 1 << bit;
    }
  }
  return { tail: (found & 1) !== 0, turn: (found & 2) !== 0, wrapper: (found & 4) !== 0 };
}
