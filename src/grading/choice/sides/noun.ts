import type { Gold } from "../../../domain/grader.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";
import { inLetters } from "../in-words/letters.ts";

const longest = 400;
const open =
  /无法|不能确定|不确定|难说|说不准|取决于|看情况|可能|也许|或许|如果|假如|[?]|\b(?:depends|unsure|not sure|can't tell|may|might)\b/i;
const letter = '[ "“「(*]{0,3}([A-H])(?![A-Za-z])';
const behind = '[ ")”」*]{0,3}(?:选?项)?';

/**
 * The one option of which a reply says that it is what the question asks for by name: 人民民主专政是国体 where 国体 is asked; or the
 * one that it spares: 除了A，其余都不合适.
 */
export function namedAs(reading: ChoiceReading): Found | null {
  const { gold, labels, several, stem } = reading;
  if (several || !labels.known || !labels.latin || stem !== "right") return null;
  if (reading.text.length > longest || open.test(reading.text)) return null;
  const text = inLetters(reading.text, gold, labels);
  const nouns = nounsOf(gold);
  const found = [...spared, ...nouns.flatMap(sayings)].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => match[1] ?? ""),
  );
  const [only, second] = new Set(found);
  return only === undefined || second !== undefined || !labels.list.includes(only)
    ? null
    : { letters: [only], why: "named as what is asked", doubtful: true };
}

/** 除了A，其余都会得罪客户 */
const spared = [
  /(?:^|[,。;\n])除了?[ ]?([A-H])(?:选?项)?(?:以外|之外|外)?[,]?(?:其余|其他|其它|剩下)[^,。;]{0,12}?(?:不(?!错)|错|问题|得罪|毛病)/g,
];

/** Ways to say that an option is so named. */
function sayings(noun: string): readonly RegExp[] {
  const name = noun.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
  return [
    new RegExp(
      `(?:^|[,。;:\\n])[^,。;\\n不没非A-H]{0,8}${letter}${behind}(?:就|才|则|便|正|即)?(?:是|为|属于|叫做?|称为)(?:[^,。;不没非]{0,6}的)?${name}(?=[,。;!)\\s]|$)`,
      "g",
    ),
    new RegExp(
      `${name}(?:\\([^()]{0,30}\\))?(?:的核心)?(?:就|应该?|应当|通常|主要)?(?:是|为|即|在于|叫做?|称为|指的是)[^,。;不没非A-H]{0,6}${letter}${behind}(?=[,。;!)\\s]|$|[是为来位])`,
      "g",
    ),
    ...(/读/.test(noun)
      ? [new RegExp(`读(?:作|成|音[是为])?${letter}${behind}(?=[,。;!)\\s]|$)`, "g")]
      : []),
  ];
}

const cache = new WeakMap<Gold, readonly string[]>();

/** What a question asks for by name: 国体 in 我国的国体是（ ）, 凸透镜 in 下列属于凸透镜应用的是. */
function nounsOf(gold: Gold): readonly string[] {
  const known = cache.get(gold);
  if (known !== undefined) return known;
  const question = foldSimplified(gold.question)
    .replace(/\(\s*\)|[_?。:\s]+$/g, "")
    .trim();
  const nouns = patterns.flatMap((pattern) => pattern.exec(question)?.[1] ?? []);
  const found = [...new Set(nouns)].filter((noun) => !vague.test(noun));
  cache.set(gold, found);
  return found;
}

const patterns = [
  /(?:^|[的,"”])(\p{Script=Han}{2,6}?)(?:是|为|叫做?|称为|称作|在于|指的是)(?:什么|哪[^,。]{0,6}|谁)?$/u,
  /属于(\p{Script=Han}{2,8}?)(?:应用|范畴)?的(?:是|有|一项)?$/u,
  /"[^"]{1,8}"的("?\p{Script=Han}"?读音)(?:是|为)$/u,
];
const vague =
  /^(?:正确|错误|选项|说法|答案|下列|以下|其中|一项|意思|做法|回应|原因|目的|结果|作用|主要|关系|特点|名称|时间|地点)$/;
