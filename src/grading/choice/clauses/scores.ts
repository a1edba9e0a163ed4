import type { ChoiceReading, Found } from "../reading.ts";

const score =
  /(?<![A-Za-z])([A-H])(?:选?项)?[ ]?[)|]?[ ]?[:=|,]?[ ]?(?:可能性|概率|把握|得分|评分|适用度|匹配度)?[约为是:= ]{0,3}(\d{1,3}(?:\.\d{1,3})?)[ ]?(%|分(?![之钟数])|(?=[,。;)\n]|$))/g;
const scored =
  /(["'][A-H]["']\s*:\s*[\d.]|\d[ ]?分(?![之钟数])|%|P ?\(|概率|可能性|得分|评分|打分)/;

/** Options with a number of points or a probability each: the one with the most. Labels must stand for their words. */
export function highestScored(reading: ChoiceReading): Found | null {
  const { labels, several, stem } = reading;
  const text = !reading.text.includes("★")
    ? reading.text
    : reading.text.replaceAll(/★+[☆✩]*/g, (stars) => ` ${stars.lastIndexOf("★") + 1}分`);
  if (several || stem === "unknown" || text.length > 4_000 || !scored.test(text)) return null;
  const mapped = [...text.matchAll(/["']([A-H])["']\s*:\s*(0?\.\d+|[01]|\d{1,3})(?=\s*[,}])/g)];
  if (stem === "right" && mapped.length === labels.list.length) {
    const best = mapped.toSorted((a, b) => Number(b[2]) - Number(a[2]));
    const [first, next] = best;
    return first !== undefined && first[2] !== next?.[2]
      ? { letters: [first[1] ?? ""], why: "highest score", doubtful: true }
      : null;
  }
  const tabled = stem === "right" ? inTable(text, labels) : null;
  if (tabled !== null) return { letters: [tabled], why: "highest score", doubtful: true };
  const scores = new Map<string, number>();
  let mark: string | null = null;
  for (const [, letter = "", number = "", unit = ""] of text.matchAll(score)) {
    if (mark !== null && unit !== mark) return null;
    mark = unit;
    if (scores.has(letter)) return null;
    scores.set(letter, Number(number));
  }
  if (scores.size !== labels.list.length || !labels.list.every((label) => scores.has(label)))
    return null;
  if (mark === "" && !/P ?\(|概率|可能性|得分|评分|打分/.test(text)) return null;
  if (/分歧|另一位/.test(text)) return { letters: [], why: "hedged" };
  const inverse = /(?:错误|不[^,。]{1,4})(?:程度|率|的?概率)/.test(text);
  if (inverse && stem !== "right") return null;
  const least = inverse || ((stem === "not" || stem === "wrong") && /最低|最小|最少/.test(text));
  const most = least ? Math.min(...scores.values()) : Math.max(...scores.values());
  const best = [...scores].filter(([, each]) => each === most).map(([letter]) => letter);
  return best.length === 1 ? { letters: best, why: "highest score", doubtful: true } : null;
}

/** The best row of a table with a column of points: | C 风能 | 否 | 9 |. */
function inTable(text: string, { list }: ChoiceReading["labels"]): string | null {
  const rows = text
    .split("\n")
    .filter((line) => /^[ ]*\|/.test(line))
    .map((line) => line.split("|").slice(1, -1));
  const head = rows[0] ?? [];
  const column = head.findIndex((cell) => /[得评打分]分|概率|可能性|匹配|\bscore\b/i.test(cell));
  if (column < 1 || /错|误|不/.test(head[column] ?? "")) return null;
  const scores = rows.slice(1).flatMap((cells) => {
    const label = /^[ *]{0,4}([A-H])(?![A-Za-z])/.exec(cells[0] ?? "")?.[1];
    const points = /^[ *]{0,4}(\d{1,3}(?:\.\d{1,3})?)[ *]{0,4}(?:%|分|\/ ?\d{1,3})?[ *]{0,4}$/.exec(
      cells[column] ?? "",
    )?.[1];
    return label === undefined || points === undefined ? [] : [{ label, points: Number(points) }];
  });
  if (
    scores.length !== list.length ||
    !list.every((label) => scores.some((each) => each.label === label))
  )
    return null;
  const most = Math.max(...scores.map(({ points }) => points));
  const best = scores.filter(({ points }) => points === most);
  return best.length === 1 ? (best[0]?.label ?? null) : null;
}

const placed =
  /(?:第[1一]名|冠军|[Tt][Oo][Pp] ?1(?!\d)|No\.? ?1(?!\d)|🥇)[ *]{0,3}(?:[:：—-]{1,2}|是|为)?[ *]{0,3}([A-H])(?![A-Za-z])/;

/** 第1名——A …; 第2名——C …. For the wrong one where the ranking is of what is wrong: 不宜程度排名. */
function firstPlaced(text: string, stem: ChoiceReading["stem"]): string | null {
  const [all, letter = ""] = placed.exec(text) ?? [];
  if (all === undefined || !/第[2二]名|亚军|[Tt][Oo][Pp] ?2|No\.? ?2|🥈/.test(text)) return null;
  const ofWrong = /(?:不|错误?|伤|害|违|差)[^。\n,]{0,6}(?:程度|排名|排行|榜|指数)/.test(
    text.slice(0, text.indexOf(all)),
  );
  return ofWrong === (stem === "wrong" || stem === "not") ? letter : null;
}

const ranking = /(?<![A-Za-z\d] ?)([A-H])(?: ?[>≻] ?[A-H])(?: ?[>≻=≈] ?[A-H]){0,9}(?![A-Za-z\d(])/;
/** 从优到劣排序：B → C → D → A. */
const ordered =
  /(?:排序|排名|从(?:高|好|优|强|佳)到.)[^。\n→]{0,12}[:：][ *]{0,4}([A-H])(?: ?→ ?[A-H]){1,9}(?![A-Za-z\d(])/;

/** B > D > C > A: the first of a ranking of all options. */
export function ranked({ text, gold, labels, several, stem }: ChoiceReading): Found | null {
  const best = several || stem === "unknown" ? null : firstPlaced(text, stem);
  if (best !== null && labels.list.includes(best)) return one(best);
  if (several || stem !== "right" || !/[>→到]/.test(text)) return null;
  const [chain, first = ""] = ranking.exec(text) ?? ordered.exec(text) ?? [];
  if (/从(?:低|差|劣|弱|小)到/.test(text)) return null;
  const direction = byDirection(text, gold.question);
  if (direction !== null && labels.list.includes(direction)) return one(direction);
  const all = new Set(chain?.match(/[A-H]/g) ?? []);
  return all.size === labels.list.length && labels.list.includes(first) ? one(first) : null;
}

const one = (letter: string): Found => ({ letters: [letter], why: "ranking", doubtful: true });

const sorted =
  /[从由按](.)到(.)[^。\n:A-H]{0,10}[:,是为]{1,2} ?([A-H](?: ?(?:[、>→,-]|->|[依再]次是|然后是)+ ?[A-H])+)(?![A-Za-z\d])/;

/** 由深到浅：B、D、A、C, where the deepest or the shallowest is asked. */
function byDirection(text: string, question: string): string | null {
  const [, from = "", to = "", list = ""] = sorted.exec(text) ?? [];
  const asked = /最(.)/.exec(question)?.[1];
  const letters = list.match(/[A-H]/g) ?? [];
  if (asked === undefined || letters.length < 2) return null;
  return (asked === from ? letters[0] : asked === to ? letters.at(-1) : null) ?? null;
}
