import type { Item } from "../../domain/suite.ts";
import type { Lang, Text } from "../../domain/text.ts";

import { isAnswerMap } from "../../domain/suite.ts";
import { generatedItems, type Generator, loadGenerator } from "../../generating/generator.ts";
import { abridged } from "../../store/suites/shipped/abridged.ts";

/** The families of `suites/hard.yaml`, by their file from the package's root; `npm run schemas` writes both. */
export const hardFamiliesPages: Readonly<Record<string, Lang>> = {
  "docs/hard-families.md": "en",
  "docs/hard-families.zh-CN.md": "zh",
};

type Family = { readonly id: string; readonly measures: Text; readonly right: Text };

const families: readonly Family[] = [
  {
    id: "zebra",
    measures: {
      zh: "一排人在几样东西上各不相同，线索少一条就定不下来；按顺序写出其中一样的全部取值。考查搜索的深度，以及否定、条件和“一真一假”是否用对。",
      en: "People in a row who differ in several things, and no clue more than needed; all values of one thing in order. Measures depth of search, and whether denials, conditions and exclusive pairs are used rightly.",
    },
    right: {
      zh: "标准答案由约束求解得出，线索组只有一个解，去掉任何一条都不止一个；整列全对才得分。",
      en: "The gold comes from a constraint solver: the clues have one solution, and more without any one of them. The whole list must be right.",
    },
  },
  {
    id: "liars",
    measures: {
      zh: "君子、小人和真假随意的凡人互相指认，也评论别人的话是真是假。考查假设与回溯，以及能否认出“矛盾”和“不止一种”：各占 15%。",
      en: "Truth-tellers, liars and people who do either speak of each other, and of each other's sayings. Measures suppositions taken back, and whether contradictions and open cases, 15% each, are seen.",
    },
    right: {
      zh: "所有身份组合都试过：恰有一种说得通时答身份，一种也没有时答“矛盾”，不止一种时答“不止一种”。",
      en: "All ways in which the people can be are tried: one that fits is the gold, none is 矛盾, more than one 不止一种.",
    },
  },
  {
    id: "billing",
    measures: {
      zh: "第 1–3 级是几个人的账：斤两与千克混用的买卖、折扣、退货、满减、阶梯电价、个人所得税、打车、停车、肥料，规则全在题里，句子打乱，夹着更正和用不着的数。第 4 级问怎样分单用券付钱最少；从第 5 级起每样商品带一张只能在紧接着的下一单用的券，问接连买几样、合计不超过某数的买法共有多少种。考查取数、改数、多步计算，以及不重不漏地搜完互相牵连的次序。",
      en: "Levels 1 to 3: people's bills, goods by mixed weights, discounts, returns, reductions, power and tax in steps, rides, parking, manure; all rules are given, sentences are shuffled among corrections and idle numbers. Level 4 asks for the cheapest split of a list into payments with vouchers; from level 5 on each of the goods gives a voucher that the next must be bought with, and it is asked in how many orders some of them can be bought for a given sum at most. Measures which numbers are taken, mended, carried through many steps, and whether all orders that hang together are gone through, each once.",
    },
    right: {
      zh: "账单的每一步恰好是整数分；分单和买法由程序试遍全部组合。第二种解法（逐券推进；按买过的、末一样和实付归并）逐题一致。",
      en: "Each step of a bill is a whole number of fen; splits and ways to buy come from going through all of them. A second solver agrees, which goes voucher by voucher, or merges what has bought the same, ended on the same and paid the same.",
    },
  },
  {
    id: "kinship",
    measures: {
      zh: "几家亲戚的婚姻、生育和年龄打乱了说，问怎么称呼、一串称谓说的是谁，或各种关系有多少对；年龄、男女没有交代的，要写出所有可能的称谓；第 4 级里有的父母只说是某人的岳母、祖父，有的人另有小名。从第 5 级起这一家人跑接力，只能交棒给自己的几种亲属，前后两棒的秒数要差开，问总秒数之内有多少种排法。考查堂表、姑舅、姻亲和长幼，以及不重不漏地搜完。",
      en: "Marriages, births and ages of some families in random order; asked is a term, whom a chain of terms means, or how many pairs stand in each of some relations. Where age or sex are withheld, all possible terms are wanted; at level 4 some parents are told as somebody's mother-in-law or grandfather, and some people have pet names. From level 5 on the family runs a relay race, in which one hands on to certain relatives of one's own alone, whose times differ from one's own; in how many ways can it be lined up within a sum of seconds? Measures sides, in-laws and seniority, and whether all line-ups are gone through, each once.",
    },
    right: {
      zh: "称谓按通行的说法列表，同义的都算对（外公、姥爷）；与另一套亲属称谓程序对过，没有相左之处。",
      en: "Terms are those in common use, and synonyms (外公, 姥爷) are right; checked against another program of kinship, which contradicts none.",
    },
  },
  {
    id: "calendar",
    measures: {
      zh: "公历、农历、节日、节气、三伏和数九说出一天，再往前往后推算，问公历、农历、星期或干支。题里总印出当年的月历资料，不考记忆；从第 4 级起，在这一年里按几条规则一轮一轮地走，走哪条、走几天，要看当天的星期、干支、节气、农历和轮次。考查换算和把状态带到底。",
      en: "A day by either calendar, by festivals, solar terms, 三伏 and 数九, moved on and back; asked in either calendar, as weekday or in the cycle of sixty. The year's almanac is always printed, so nothing rests on memory; from level 4 on one walks over that year round by round after some rules, and which of them holds and how far it leads depends on the day's weekday, place in the cycle of sixty, solar term and lunar date, and on the round. Measures conversion, and carrying a state to the end.",
    },
    right: {
      zh: "农历出自一张表，节气由公式算出，两样都在测试里用另一套天文算法复核；离午夜不到四十分钟的节气不出题。",
      en: "Lunar months are from a table, solar terms from a formula; tests check both by another theory of the Sun and Moon. Terms within forty minutes of midnight are not asked for.",
    },
  },
  {
    id: "ledger",
    measures: {
      zh: "一本合同登记簿，2000 到 40 万字，夹着调整、更正、续签、终止和撤销终止，字号、编号都很相像；从第 5 级起还有限期减租、撤回的更正、改编的字号和换库，第 5 级按天算租、逐张账单抹零，再加起来；从第 6 级起问审计按“经办人相同，或同库而租金相近”的规矩接连核对几份合同，有多少种次序。也问某天的月租金、经办人、一个库的合计或份数、一个库几个月里收的租金、前后矛盾的一份，或文中没有的押金。考查多处证据、时效和“文中没有说”。",
      en: "A register of contracts, 2,000 to 400,000 characters, with changes, corrections, renewals, endings and endings taken back, among look-alike names and numbers; from level 5 on also rents cut for a time, corrections taken back, contracts renumbered and moved: level 5 adds up rents by the day in bills of whole yuan; from level 6 on it is asked in how many orders an audit can go through some of the contracts of a day, each with the handler of the one before, or in its store and of about its rent. Asked is also a rent or a handler on a day, a sum or number over a store, what a store brought in over months, a contradiction, or a deposit that is not there. Measures evidence in many places, its validity, and abstention.",
    },
    right: {
      zh: "逐条重放登记得出；前六级 8000 字，最难的一级 24000 字，`with: {length: 400000}` 加长。盲解的数字见[随附题集](shipped-suites.zh-CN.md)。",
      en: "The entries are replayed. 8,000 characters up to level 6, 24,000 at level 10, more by `with: {length: 400000}`. Blind figures: [shipped suites](shipped-suites.md).",
    },
  },
];

const printed = [
  [2, 3],
  [5, 3],
  [8, 2],
  [10, 2],
] as const;
const seed = 20_261_130;

const word = {
  title: { zh: "难题阶梯（一）", en: "Hard families, part one" },
  twin: { zh: "[English](hard-families.md)", en: "[中文](hard-families.zh-CN.md)" },
  lead: {
    zh: "本页由 `npm run schemas` 从程序生成，不要手改。题集 `hard` 把六种题各排成从第 1 级到第 10 级的阶梯。地板是什么也不解的策略（最常见的答案、题里的数、列出的次序、第一个人等）测得的最高正确率；`npm run verify:generators` 重新测量，并用只看题面的第二种解法核对每个答案。长的题面中间有删节，注明略去的字数。",
    en: "`npm run schemas` writes this page from the program; do not edit it. The suite `hard` asks six families from level 1 to 10. The floor is the highest rate of strategies that solve nothing (the commonest gold, numbers of the text, the printed order, the first person and so on); `npm run verify:generators` measures it anew and checks every gold by a second solver that sees the text only. Long texts are cut in the middle, with the number of characters left out (略去 … 字).",
  },
  level: { zh: "级", en: "Level" },
  options: { zh: "选项", en: "Options" },
  floor: { zh: "地板", en: "Floor" },
  item: { zh: "第 $ 级", en: "Level $" },
  gold: { zh: "标准答案：", en: "Gold: " },
} as const satisfies Readonly<Record<string, Text>>;

/** Every family: what it measures, its ladder, and ten items. */
export async function hardFamiliesPage(lang: Lang): Promise<string> {
  const sections: string[] = [];
  for (const family of families) {
    const generator = await loadGenerator(family.id);
    if (generator === null) throw new Error(`no generator ${family.id}`);
    sections.push(await sectionOf(family, generator, lang));
  }
  return `# ${word.title[lang]}\n\n${word.twin[lang]}\n\n${word.lead[lang]}\n\n${sections.join("\n\n")}\n`;
}

async function sectionOf(family: Family, generator: Generator, lang: Lang): Promise<string> {
  const rows = (generator.levels ?? []).map(
    ({ options, floor }, at) =>
      `| ${at + 1} | ${optionsText(Object(options))} | ${(100 * floor).toFixed(1)}% |`,
  );
  const items = (await printedItems(generator)).map(
    ([level, item]) => `${word.item[lang].replace("$", String(level))}\n\n${itemText(item, lang)}`,
  );
  return [
    `## ${family.id}`,
    family.measures[lang],
    family.right[lang],
    [
      `| ${word.level[lang]} | ${word.options[lang]} | ${word.floor[lang]} |`,
      "| --: | --- | --: |",
      ...rows,
    ].join("\n"),
    ...items,
  ].join("\n\n");
}

type Printed = readonly (readonly [level: number, Item])[];

/** Both pages print the same items, and those of high levels take long to draw. */
const drawn = new Map<string, Promise<Printed>>();

function printedItems(generator: Generator): Promise<Printed> {
  const known = drawn.get(generator.id) ?? drawItems(generator);
  drawn.set(generator.id, known);
  return known;
}

async function drawItems(generator: Generator): Promise<Printed> {
  const items: (readonly [number, Item])[] = [];
  for (const [level, n] of printed) {
    const own = Object(generator.levels?.[level - 1]?.options);
    const source = generatedItems(generator, { n, seed: seed + level, with: own });
    for (let row = 0; row < n; row += 1) items.push([level, await source.at(row)]);
  }
  return items;
}

const optionsText = (options: Readonly<Record<string, unknown>>): string =>
  Object.entries(options)
    .map(
      ([name, value]) => `\`${name}: ${Array.isArray(value) ? value.join(" ") : String(value)}\``,
    )
    .join(" ");

function itemText({ context, question = "", answer = "" }: Item, lang: Lang): string {
  if (isAnswerMap(answer)) throw new TypeError("an answer of several parts");
  const text = context === undefined ? question : `${String(context)}\n\n${question}`;
  return `\`\`\`text\n${abridged(text)}\n\`\`\`\n\n${word.gold[lang]}${String(answer)}`;
}
