import type { Random } from "../random.ts";

const blank = /<([^<>\n]{1,40})>/g;

/**
 * The last line of a prompt with blanks such as `<1-5>` or `<是/否>`, filled in with an integer of the range or one of the
 * words. Null where the prompt contains no such form. Nothing is judged: the seed decides.
 */
export function filledForm(prompt: string, random: Random): string | null {
  const form = prompt.split("\n").findLast((line) => line.includes("{") && blanks(line).length > 0);
  if (form === undefined) return null;
  const filled = form.replaceAll(blank, (whole, inner: string) => fill(inner, random) ?? whole);
  return `这是模拟的填写，只合格式，不作判断。\n${filled}`;
}

const blanks = (line: string): readonly string[] =>
  [...line.matchAll(blank)].flatMap(([, inner = ""]) => (choicesOf(inner) === null ? [] : [inner]));

function fill(inner: string, random: Random): string | null {
  const choices = choicesOf(inner);
  return choices === null ? null : random.pick(choices);
}

function choicesOf(inner: string): [string, ...string[]] | null {
  const [, low, high] = /^(\d{1,2})\s*[-–]\s*(\d{1,2})$/.exec(inner) ?? [];
  if (low !== undefined && high !== undefined) {
    const from = Number(low);
    const count = Math.max(0, Number(high) - from);
    return [low, ...Array.from({ length: count }, (_, index) => String(from + index + 1))];
  }
  const [first = "", second = "", ...rest] = inner.split("/");
  return first === "" || second === "" ? null : [first, second, ...rest];
}
