const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  贰: 2,
  貳: 2,
  两: 2,
  兩: 2,
  三: 3,
  叁: 3,
  參: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  陸: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const places: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1000,
  仟: 1000,
};
const groups: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** A Chinese integer such as 三百零五 or 十二万, or null. */
export function chineseInteger(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const char of text) {
    const value = digits[char];
    const place = places[char];
    const group = groups[char];
    if (value !== undefined) digit = value;
    else if (place !== undefined) {
      section += (digit ?? 1) * place;
      digit = null;
    } else if (group !== undefined) {
      total = (total + section + (digit ?? 0)) * group;
      section = 0;
      digit = null;
    } else return null;
  }
  return text === "" ? null : total + section + (digit ?? 0);
}

export type NumberSeen = { readonly value: number; readonly text: string; readonly index: number };

const number =
  /[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*\/\s*\d+(?:\.\d+)?)?(?:\s*[%‰万亿])?|[零〇一二两三四五六七八九十百千万亿]{1,24}/g;

/** Numbers of a folded text in order, Arabic and Chinese. */
export function numbersIn(text: string): readonly NumberSeen[] {
  return [...text.matchAll(number)].flatMap((match) => {
    const value = valueOf(match[0]);
    return value === null ? [] : [{ value, text: match[0], index: match.index }];
  });
}

function valueOf(text: string): number | null {
  if (!/\d/.test(text)) return chineseInteger(text);
  const [upper = "", lower] = text.replaceAll(/[,\s%‰万亿]/g, "").split("/");
  const value = Number(upper) / (lower === undefined ? 1 : Number(lower));
  const scale = { "%": 0.01, "‰": 0.001, 万: 1e4, 亿: 1e8 }[text.at(-1) ?? ""] ?? 1;
  return Number.isFinite(value) ? value * scale : null;
}
