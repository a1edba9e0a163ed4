import type { Draw } from "../draw.ts";

/** A demand in words, and as a constraint. */
export type Demand = {
  readonly kind: string;
  readonly says: string;
  readonly constraint: Readonly<Record<string, string | number | boolean>>;
};

const han = (text: string): readonly string[] => text.match(/\p{Script=Han}/gu) ?? [];

/** Characters that are hard to do without. */
const frequent = Array.from("的了是在有不一这我他人上来着到和就也个们里那时说会可以很都");

const say = (
  draw: Draw,
  forms: readonly string[],
  values: Readonly<Record<string, string | number>>,
): string =>
  draw.pick(forms).replaceAll(/\{(.)\}/g, (_, name: string) => String(values[name] ?? ""));

/** All that can be demanded of a text and that this text keeps, in random order. */
export function demandsOf(draw: Draw, sentences: readonly string[]): readonly Demand[] {
  const text = sentences.join("");
  const all = han(text);
  return draw.shuffle([
    ...sentences.flatMap((sentence, at) => ofSentence(draw, sentence, at + 1)),
    ...frequent
      .filter((each) => !text.includes(each))
      .map((each) => ({
        kind: "without",
        says: say(draw, ["全文不得出现“{字}”字", "通篇不用“{字}”字", "不许用“{字}”字"], {
          字: each,
        }),
        constraint: { check: "excludes", text: each },
      })),
    ...[...new Set(all)]
      .map((each) => [each, all.filter((other) => other === each).length] as const)
      .filter(([, count]) => count >= 2 && count <= 4)
      .map(([each, count]) => ({
        kind: "times",
        says: say(
          draw,
          [
            "“{字}”字恰好出现 {n} 次",
            "全文“{字}”字不多不少用 {n} 次",
            "“{字}”字要用满 {n} 次，不能多",
          ],
          { 字: each, n: count },
        ),
        constraint: { check: "times", text: each, equal: count },
      })),
    {
      kind: "total",
      says: say(
        draw,
        [
          "全文恰好 {n} 个汉字（标点不算）",
          "不计标点，通篇正好 {n} 个汉字",
          "汉字总数恰为 {n}，标点不计",
        ],
        { n: all.length },
      ),
      constraint: { check: "length", unit: "汉字", equal: all.length },
    },
    ...draw
      .sample(
        all.map((_, at) => at),
        30,
      )
      .map((at) => ({
        kind: "place",
        says: say(
          draw,
          [
            "全文第 {n} 个汉字是“{字}”",
            "从头数起，第 {n} 个汉字必须是“{字}”",
            "第 {n} 个汉字（标点不算）用“{字}”",
          ],
          { n: at + 1, 字: all[at] ?? "" },
        ),
        constraint: { check: "char", at: at + 1, text: all[at] ?? "" },
      })),
    {
      kind: "marks",
      says: say(
        draw,
        ["标点只用逗号和句号", "除逗号、句号外不用别的标点", "只许使用逗号和句号两种标点"],
        {},
      ),
      constraint: { check: "punctuation", only: "，。" },
    },
  ]);
}

function ofSentence(draw: Draw, sentence: string, n: number): readonly Demand[] {
  const own = han(sentence);
  const [first = "", last = ""] = [own[0], own.at(-1)];
  const scope = `sentence ${n}`;
  const isPlain = new Set(own).size === own.length;
  return [
    {
      kind: "length",
      says: say(
        draw,
        ["第 {n} 句恰好 {长} 个汉字", "第 {n} 句不计标点正好 {长} 字", "第 {n} 句的汉字数是 {长}"],
        { n, 长: own.length },
      ),
      constraint: { check: "length", unit: "汉字", equal: own.length, scope },
    },
    {
      kind: "first",
      says: say(
        draw,
        ["第 {n} 句以“{字}”字开头", "第 {n} 句的第一个字是“{字}”", "第 {n} 句由“{字}”字起头"],
        { n, 字: first },
      ),
      constraint: { check: "char", at: 1, text: first, scope },
    },
    {
      kind: "last",
      says: say(
        draw,
        [
          "第 {n} 句的最后一个字是“{字}”",
          "第 {n} 句以“{字}”字收尾（句末标点除外）",
          "第 {n} 句末字用“{字}”",
        ],
        { n, 字: last },
      ),
      constraint: { check: "char", at: -1, text: last, scope },
    },
    ...(isPlain
      ? [
          {
            kind: "plain",
            says: say(
              draw,
              ["第 {n} 句里没有重复的字", "第 {n} 句中每个字只出现一次", "第 {n} 句用字互不重复"],
              { n },
            ),
            constraint: { check: "no-repeat", scope },
          },
        ]
      : []),
  ];
}
