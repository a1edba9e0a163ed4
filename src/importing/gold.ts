import { fold, plain } from "../text/normalise.ts";
import { SkipRow } from "./importer.ts";

export type Lettered = Readonly<Record<string, string>>;

/** Letters A, B, C … for a list of option texts. */
export const lettered = (texts: readonly string[]): Lettered =>
  Object.fromEntries(texts.map((text, index) => [letterAt(index), text]));

export const letterAt = (index: number): string => String.fromCodePoint(65 + index);

/**
 * The gold letters of a choice question as a sorted string, from what published files hold: `B`, `ABD`, `["A","C"]`,
 * `Answer: B`, `选项CD`, `bd`, `AC（D错…）`, an option's text, or an index counted from `base`.
 * Throws `SkipRow` where that is unclear, and never guesses what 2 means.
 */
export function goldLetters(answer: unknown, options: Lettered, base: 0 | 1 | null): string {
  const labels = Object.keys(options);
  if (Array.isArray(answer)) {
    if (answer.length === 0) throw noAnswer();
    return sorted(answer.map((each) => goldLetters(each, options, base)).join(""));
  }
  const text =
    typeof answer === "string" || typeof answer === "number" ? fold(`${answer}`).trim() : "";
  if (text === "") throw noAnswer();
  if (labels.includes(text) && !labels.some((label) => options[label] === text)) return text;
  const byText = labels.filter((label) => plain(options[label] ?? "") === plain(text));
  if (base === null && byText.length === 1 && byText[0] !== undefined) return byText[0];
  if (/^\d+$/.test(text)) return letterOfIndex(Number(text), labels, base);
  const letters = lettersIn(text, labels) ?? lettersWithTexts(text, options);
  if (letters !== null) return letters;
  if (byText.length === 1 && byText[0] !== undefined) return byText[0];
  throw new SkipRow(
    `答案“${short(text)}”不是选项 ${labels.join("、")} 之一`,
    `the answer "${short(text)}" is none of the options ${labels.join(", ")}`,
  );
}

/** Letters of options that stand in one text, each behind a letter: `A. … B. …`, `(A)…`. Null where there are fewer than two. */
export function optionsIn(
  text: string,
): { readonly stem: string; readonly options: Lettered } | null {
  const found: { readonly label: string; readonly from: number; readonly to: number }[] = [];
  for (const match of text.matchAll(
    /(?<![A-Za-z])[(（]?([A-Z])[)）]?\s*[.．、:：]\s*|[(（]([A-Z])[)）]\s*/g,
  )) {
    const label = match[1] ?? match[2] ?? "";
    if (label !== letterAt(found.length)) continue;
    found.push({ label, from: match.index, to: match.index + match[0].length });
  }
  const [first] = found;
  if (first === undefined || found.length < 2) return null;
  const options = Object.fromEntries(
    found.map(({ label, to }, index) => [label, text.slice(to, found[index + 1]?.from).trim()]),
  );
  return { stem: text.slice(0, first.from).trim(), options };
}

function lettersIn(text: string, labels: readonly string[]): string | null {
  const bare = text
    .replaceAll(/(?<=[A-Za-z])\s*\([^()]{2,}\)/g, "")
    .replace(/^(?:answer|答案|正确答案|选项|故选|选)\s*(?:是|为)?\s*[::]?\s*/i, "")
    .replaceAll(/[\s,、;.。()【】[\]'"和与|/+&]/g, "")
    .toUpperCase();
  if (bare === "" || !/^[A-Z]+$/.test(bare)) return null;
  return Array.from(bare).every((letter) => labels.includes(letter)) ? sorted(bare) : null;
}

/** `A.买家`, `A 买家；B.卖家`: letters with the words of their options. Throws `SkipRow` where the two differ. */
function lettersWithTexts(text: string, options: Lettered): string | null {
  const parts = text.split(/[;\n]|,(?=\s*[A-Z][.、:)\s])/u).map((part) => part.trim());
  const letters = parts.map((part) => {
    const [, letter = "", words = ""] =
      /^[([]?([A-Z])[)\]]?\s*[.、:)\s]*\s*(.+)$/u.exec(part) ?? [];
    const option = options[letter];
    if (option === undefined) return null;
    if (plain(option) === plain(words)) return letter;
    throw new SkipRow(
      `答案“${short(text)}”的字母与选项内容对不上`,
      `letter and words of the answer "${short(text)}" do not belong together`,
    );
  });
  return letters.every((letter) => letter !== null) ? sorted(letters.join("")) : null;
}

function letterOfIndex(index: number, labels: readonly string[], base: 0 | 1 | null): string {
  if (base === null) {
    throw new SkipRow(
      `答案 ${index} 是序号，请用 --answer-base 说明从 0 还是从 1 算起`,
      `the answer ${index} is an index: say with --answer-base whether the first option is 0 or 1`,
    );
  }
  const label = labels[index - base];
  if (label !== undefined) return label;
  throw new SkipRow(`答案序号 ${index} 超出选项范围`, `the answer ${index} is beyond the options`);
}

const sorted = (letters: string): string => [...new Set(letters)].toSorted().join("");
const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)}…` : text);
const noAnswer = (): SkipRow => new SkipRow("没有答案", "there is no answer");
