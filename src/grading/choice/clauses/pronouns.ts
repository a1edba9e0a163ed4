/** Words that stand for options already spoken of, or for the others. */
export type Pronoun = {
  readonly start: number;
  readonly end: number;
  readonly kind: "others" | "left" | "all" | "but" | "former" | "latter" | "these";
};

const count = "(?:[一二两三四五六七1-7几]|多)?";
const noun =
  "(?:个|项|种|条|者|句|位|道|组)?的?(?:选项|说法|做法|答案|表述|叙述|回应|回复|方案|观点|句子|词语|行为|措施|城市|人物|各项|几个|几项)?";
const patterns: readonly (readonly [Pronoun["kind"], string])[] = [
  [
    "left",
    `(?:只|仅|就|便|那么|最后)?(?:剩下?|余下|留下|剩余)的?(?:就|只|那|唯?一)?(?:有|是)?(?:那?唯?一)(?:个|项|种|条|句|者)?(?:选项|说法|答案)?|(?:剩下?|余下|剩余|留下)的?(?:就|只)?(?:有|是)?[那这](?:唯?一)?(?:个|项|种|条|句|者|位|道|座|部|本|首|组|颗|件|张|幅|款|段|份|座)|另(?:外)?(?:那一?|的?一)(?:个|项|种|条|句|者|份)(?:回应|说法|选项|做法)?(?=[才则却是就,])|(?:剩下?|余下|剩余)的(?:选项|就是答案)|(?:the )?(?:remaining|only (?:one|option) left)(?: one| option| choice)?(?: left)?`,
  ],
  [
    "others",
    `(?:其[余他它]|剩[下余]|余下|别)的${count}${noun}|(?:其[余他它]|另外|剩[下余]|余下)的?(?:[两二三四五2-5几])${noun}|(?:其[余他它]|剩[下余]的?|余下的?|别的)${noun}(?=[都均全皆则也不没无又各是为就才便即选正错对符\\s,。:;)]|$)|(?:the )?(?:others|other (?:options|choices|ones|three|two)|rest|remaining (?:options|three|two|ones))`,
  ],
  [
    "these",
    `(?:以上|上述|[这那])的?[两二三四2-4](?:个|项|种|类|者|条|句|样|位)(?:选项|说法|做法)?(?=[^,。;\\n]{0,12}?(?:都|均|皆|全|不|应|该|要|当|入|才|是|属|[,]))|\\b(?:[Tt]hese|[Tt]hose) (?:two|three|four)(?: options| choices)?`,
  ],
  [
    "all",
    `(?:以上|上述|这|题[中目]|给出)?的?(?:全部|所有|[三四五六3-6])(?:个|项|种|条|者|句|位|人|部|首|组)?的?(?:选项|说法|做法|表述|叙述)?(?=[^,。;\\n]{0,6}?(?:都|均|全|皆))|(?:以上|上述)(?:选项|各项|几项)?(?=[^,。;\\n]{0,4}?(?:都|均|全|皆))|(?:all (?:of the|of these|four|three|the) (?:options|choices|statements)?|(?:全部?|都)(?:[应要]?[当该]?)选(?![项择手])|(?:照单)?全收(?=[^\\p{L}]))`,
  ],
  ["former", "前者|前一(?:种|个|项)(?![^,。;]{0,4}选项)|the former"],
  ["latter", "后者|后一(?:种|个|项)(?![^,。;]{0,4}选项)|the latter"],
];

const pronoun = new RegExp(patterns.map(([kind, words]) => `(?<${kind}>${words})`).join("|"), "gu");

/** The pronouns of a folded text, in order. */
export function pronounsIn(text: string): readonly Pronoun[] {
  const found: Pronoun[] = [];
  for (const match of text.matchAll(pronoun)) {
    const kind = patterns.find(([name]) => match.groups?.[name] !== undefined)?.[0];
    if (kind === undefined) continue;
    found.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The number of options that a pronoun counts: 其余三项. */
export function countIn(words: string): number | null {
  const digit = /[一二两三四五六七1-7]/.exec(words)?.[0];
  if (digit === undefined) {
    const english = /two|three/.exec(words)?.[0];
    return english === undefined ? null : english === "two" ? 2 : 3;
  }
  const index = "一二三四五六七".indexOf(digit === "两" ? "二" : digit);
  return index >= 0 ? index + 1 : Number(digit);
}
