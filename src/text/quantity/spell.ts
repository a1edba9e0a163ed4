import { seldom } from "../finding/seldom.ts";
import { fold } from "../normalise.ts";
import { englishInDigits } from "./english.ts";
import { lately } from "./lately.ts";
import { withPeriods } from "./recurring.ts";

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
const lowered = "₀₁₂₃₄₅₆₇₈₉";

const formatting =
  /\\(?:text|textbf|mathrm|mathbf|mathit|rm|bf|left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[,;!: ()[\]]|\*\*|__|`/g;

/**
 * Rewrites every notation of a number in plain signs: ½ as 1/2, 10⁵ as 10^5, \frac{1}{2} as 1/2, 3\frac{1}{2}
 * as 3又1/2, {,} and \% as , and %, 101₂ as 101_2, $5 and NT$5 as USD 5 and NTD 5, forty-two as 42; also folds the text.
 */
export const spellNumbers = (reply: string): string => (/^\d*$/.test(reply) ? reply : spelt(reply));

const spelt = lately((reply: string): string => {
  const plainSigns = smallSigns.test(reply) ? withPlainSigns(reply) : reply;
  const folded = withPeriods(plainMarks(fold(plainSigns)));
  const text = englishInDigits(spoken(folded.includes("$") ? withCurrencies(folded) : folded));
  return mayBeDressed.test(text) ? undress(text) : text;
});

const mayBeDressed = seldom(/[\\{`]|\*\*/);

const smallSigns = seldom(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]/);

const withPlainSigns = (text: string): string =>
  text
    .replaceAll(/(\d?)([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])/g, (_, whole: string, sign: string) =>
      whole === "" ? (vulgar[sign] ?? sign) : `${whole}又${vulgar[sign] ?? sign}`,
    )
    .replaceAll(/([⁻⁺]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign: string, power: string) => {
      const digits = Array.from(power, (digit) => raised.indexOf(digit)).join("");
      return `^${sign === "⁻" ? "-" : ""}${digits}`;
    })
    .replaceAll(
      /[₀₁₂₃₄₅₆₇₈₉]+/g,
      (index) => `_${Array.from(index, (digit) => lowered.indexOf(digit)).join("")}`,
    );

const otherMarks = seldom(/[−–⁄∕]/);

const plainMarks = (text: string): string =>
  otherMarks.test(text) ? text.replaceAll(/[−–]/g, "-").replaceAll(/[⁄∕]/g, "/") : text;

const codes: Readonly<Record<string, string>> = {
  US: "USD",
  HK: "HKD",
  NT: "NTD",
  AU: "AUD",
  A: "AUD",
  CA: "CAD",
  C: "CAD",
  SG: "SGD",
  S: "SGD",
};

/**
 * Tells dollars of money from those around formulas: $5$ is 5, $5 is USD 5. A closing one follows no digit and has no digit
 * after it that a second price would have.
 */
const withCurrencies = (text: string): string =>
  text
    .replaceAll(
      /(?<![A-Za-z])(US|HK|NT|AU|CA|SG|A|C|S)\\?\$\s?(?=\d)/g,
      (_, code: string) => `${codes[code] ?? "USD"} `,
    )
    .replaceAll(/\\\$\s?(?=\d)/g, "USD ")
    .replaceAll("$$", "")
    .replaceAll(/\$([^$\n]{1,400})\$(?!\d)/g, " $1 ")
    .replaceAll(/\$(?=\d)/g, "USD ")
    .replaceAll("$", "");

/** 零下5度 is -5, 两个半小时 is 2.5, 九成 is 90%, 一百单八 is 108. */
const spoken = (text: string): string => (isSpoken.test(text) ? spokenOut(text) : text);

const isSpoken = seldom(/零下|个半|成|百单/);

const spokenOut = (text: string): string =>
  text
    .replaceAll(
      /(?<![\d一二三四五六七八九十百千万])([1-9一二三四五六七八九])成(?:([1-9一二三四五六七八九])(?![\d个]))?(?![为了功立员本都果绩语熟份分交长就人年品])/g,
      (_, tenths: string, more = "") =>
        `百分之${digitOf(tenths) * 10 + (more === "" ? 0 : digitOf(more))}`,
    )
    .replaceAll(/(?<=[一二两三四五六七八九]百)单(?=[一二三四五六七八九])/g, "零")
    .replaceAll(/零下\s?(?=[\d一二三四五六七八九十])/g, "负")
    .replaceAll(/(\d) ?个半(?=小时|钟头|月|星期|世纪|学期)/g, "$1.5个")
    .replaceAll(/([一二两三四五六七八九])个半(?=小时|钟头|月|星期|世纪|学期)/g, "$1点五个");

const digitOf = (sign: string): number =>
  /\d/.test(sign) ? Number(sign) : "零一二三四五六七八九".indexOf(sign);

/** The sign between two units: m\cdot s. */
const unitProduct = /(?<=\d[\s\\]{0,4}[A-Za-z]{1,3})\s?\\cdot\s{0,2}(?=[A-Za-z])/g;

function undress(text: string): string {
  return text
    .replaceAll(
      /\\(?:text|textbf|mathrm|mathbf|rm)\s*\{([^{}]*)\}/g,
      (_, inner: string) => ` ${inner.trim()}`,
    )
    .replaceAll(unitProduct, "·")
    .replaceAll(formatting, "")
    .replaceAll(/(\d?)\s*\\[dtc]?frac\s*\{\s*(-?[\d.]+)\s*\}\s*\{\s*([\d.]+)\s*\}/g, fraction)
    .replaceAll(/(\d?)\s*\\[dtc]?frac\s*(\d)\s*(\d)/g, fraction)
    .replaceAll(/(?<![\d)\]}A-Za-z])-\s+(?=\d+\/\d)/g, "-")
    .replaceAll("\\%", "%")
    .replaceAll("{,}", ",")
    .replaceAll(/\\(?:times|cdot)(?![a-zA-Z])/g, "×")
    .replaceAll(/\\approx(?![a-zA-Z])/g, "≈")
    .replaceAll(/\^\{?\\circ\}?/g, "°")
    .replaceAll(/\^\{\s?(-?\d+)\s?\}/g, "^$1")
    .replaceAll(/(\d)_\{\s?\(?(\d{1,2})\)?\s?\}/g, "$1_$2")
    .replaceAll(/\\(?:sim|thicksim)(?![a-zA-Z])/g, "~");
}

const fraction = (_: string, whole: string, upper: string, lower: string): string =>
  whole === "" ? ` ${upper}/${lower}` : `${whole}又${upper}/${lower}`;

/** 打八五折 is 85% of the price and 8.5 in 折; 十折 is all of it. */
const discount =
  /(?<![\d.第零〇一二两三四五六七八九十百千点])([1-9]\d?|[1-9]\.\d|10|[一二三四五六七八九][一二三四五六七八九]?|两|十|[一二三四五六七八九]点[一二三四五六七八九])\s?折(?![叠射线旧断合页屏伞扇回返磨腾纸])/g;

/** Writes discounts in the output of `spellNumbers` as per cent: 九折 as 百分之九十, 85折 as 85%. Numbers without 折 stay. */
export const discountsAsPercent = (text: string): string =>
  text.replaceAll(discount, (_, figure: string) => {
    const { whole, tenths, chinese } = partsOf(figure);
    if (!chinese) return `${whole === "10" ? "100" : `${whole}${tenths || "0"}`}%`;
    if (whole === "十") return "百分之一百";
    return tenths === "" ? `百分之${whole}十` : `百分之${whole}十${tenths}`;
  });

/**
 * Writes discounts in tenths: 八五折 as 八点五折, 85折 as 8.5折. 八折 becomes 八点零折, because a single Chinese digit is not
 * taken for a number unless something else shows that it is one.
 */
export const discountsInTenths = (text: string): string =>
  text.replaceAll(discount, (_, figure: string) => {
    const { whole, tenths, chinese } = partsOf(figure);
    if (chinese) return `${whole}点${tenths || "零"}折`;
    return `${whole}${tenths === "" ? "" : `.${tenths}`}折`;
  });

/** 8.5, 85 and 八五 are eight and five tenths; 10 is ten. */
function partsOf(figure: string) {
  const chinese = !/\d/.test(figure);
  if (figure === "10") return { whole: figure, tenths: "", chinese };
  const [whole = "", ...rest] = Array.from(figure.replace("两", "二").replace(/[.点]/, ""));
  const tenths = rest.join("");
  return { whole, tenths: tenths === "0" ? "" : tenths, chinese };
}
