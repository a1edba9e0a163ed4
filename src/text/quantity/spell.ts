import { fold } from "../normalise.ts";

const vulgar: Readonly<Record<string, string>> = {
  "½": "1/2",
  "⅓": "1/3",
  "⅔": "2/3",
  "¼": "1/4",
  "¾": "3/4",
  "⅕": "1/5",
  "⅖": "2/5",
  "⅗": "3/5",
  "⅘": "4/5",
  "⅙": "1/6",
  "⅚": "5/6",
  "⅛": "1/8",
  "⅜": "3/8",
  "⅝": "5/8",
  "⅞": "7/8",
};
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const formatting =
  /\\(?:text|textbf|mathrm|mathbf|mathit|rm|bf|left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[,;!: ]|\$|\*\*|__|`/g;

/**
 * Rewrites every notation of a number in plain signs: ½ as 1/2, 10⁵ as 10^5, \frac{1}{2} as 1/2, 3\frac{1}{2}
 * as 3又1/2, {,} and \% as , and %; also folds the text.
 */
export function spellNumbers(reply: string): string {
  const plainSigns = reply
    .replaceAll(/(\d?)([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])/g, (_, whole: string, sign: string) =>
      whole === "" ? (vulgar[sign] ?? sign) : `${whole}又${vulgar[sign] ?? sign}`,
    )
    .replaceAll(/([⁻⁺]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign: string, power: string) => {
      const digits = Array.from(power, (digit) => raised.indexOf(digit)).join("");
      return `^${sign === "⁻" ? "-" : ""}${digits}`;
    });
  const text = spoken(fold(plainSigns).replaceAll(/[−–]/g, "-"));
  return text.includes("\\") ||
    text.includes("^{") ||
    text.includes("$") ||
    text.includes("`") ||
    text.includes("**")
    ? undress(text)
    : text;
}

/** 零下5度 is -5, 两个半小时 is 2.5. */
const spoken = (text: string): string =>
  !text.includes("零下") && !text.includes("个半") ? text : spokenOut(text);

const spokenOut = (text: string): string =>
  text
    .replaceAll(/零下\s?(?=[\d一二三四五六七八九十])/g, "负")
    .replaceAll(/(\d)个半(?=小时|钟头|月|星期|世纪|学期)/g, "$1.5个")
    .replaceAll(/([一二两三四五六七八九])个半(?=小时|钟头|月|星期|世纪|学期)/g, "$1点五个");

function undress(text: string): string {
  return text
    .replaceAll(
      /\\(?:text|textbf|mathrm|mathbf|rm)\s*\{([^{}]*)\}/g,
      (_, inner: string) => ` ${inner.trim()}`,
    )
    .replaceAll(formatting, "")
    .replaceAll(/(\d?)\s*\\[dtc]?frac\s*\{\s*(-?[\d.]+)\s*\}\s*\{\s*([\d.]+)\s*\}/g, fraction)
    .replaceAll(/(\d?)\s*\\[dtc]?frac\s*(\d)\s*(\d)/g, fraction)
    .replaceAll(/(?<![\d)\]}A-Za-z])-\s+(?=\d+\/\d)/g, "-")
    .replaceAll("\\%", "%")
    .replaceAll("{,}", ",")
    .replaceAll(/\\(?:times|cdot)(?![a-zA-Z])/g, "×")
    .replaceAll(/\\approx(?![a-zA-Z])/g, "≈")
    .replaceAll(/\^\{?\\circ\}?/g, "°")
    .replaceAll(/\^\{(-?\d+)\}/g, "^$1")
    .replaceAll(/\\(?:sim|thicksim)(?![a-zA-Z])/g, "~");
}

const fraction = (_: string, whole: string, upper: string, lower: string): string =>
  whole === "" ? ` ${upper}/${lower}` : `${whole}又${upper}/${lower}`;
