import type { Text } from "../../domain/text.ts";
import type { Tested } from "./constraint.ts";
import type { Cut, Part } from "./parts.ts";

import { broken, kept } from "./constraint.ts";
import { partsOf, PartKind } from "./parts.ts";

type Which =
  | { readonly kind: "one"; readonly n: number }
  | { readonly kind: "range"; readonly from: number; readonly to: number }
  | { readonly kind: "each" }
  | { readonly kind: "any" };

type Step =
  | { readonly inside: readonly [string, string] }
  | { readonly of: PartKind; readonly which: Which; readonly cut: Cut | null };

/** The part of a reply that a constraint is about; no steps are the whole reply. */
export type Scope = readonly Step[];

const string = String.raw`"((?:[^"\\]|\\.)*)"`;
const aString = new RegExp(string, "g");
const insideStep = new RegExp(`^inside\\s+${string}\\s+${string}$`);
const partStep = new RegExp(
  `^(paragraph|sentence|line|item|part)s?\\s+(each|any|last|-?\\d+)(?:\\.\\.(-?\\d+))?(?:\\s+(by|at)((?:\\s+${string})+))?$`,
);

/**
 * Reads a scope such as `text`, `sentence 2`, `paragraph last`, `line each`, `lines 2..-1`, `part 2 by "***" > paragraph 1`
 * or `inside "【" "】"`. Says what is wrong where it cannot be read.
 */
export function parseScope(text: string): Scope | Text {
  const steps: Step[] = [];
  for (const raw of stepsIn(text)) {
    const step = stepOf(raw.trim());
    if (step === null) return unreadable(raw.trim());
    steps.push(...step);
  }
  return steps;
}

export const isScope = (scope: Scope | Text): scope is Scope => Array.isArray(scope);

/** Splits at > outside quotes. */
const stepsIn = (text: string): readonly string[] =>
  text.match(/(?:"(?:[^"\\]|\\.)*"|[^">])+/g) ?? [""];

function stepOf(text: string): readonly Step[] | null {
  if (text === "text") return [];
  const [, open, close] = insideStep.exec(text) ?? [];
  if (open !== undefined && close !== undefined)
    return [{ inside: [unescaped(open), unescaped(close)] }];
  const [, name, first, second, way, quotes = ""] = partStep.exec(text) ?? [];
  const marks = Array.from(quotes.matchAll(aString), ([, mark = ""]) => unescaped(mark));
  const of = PartKind.safeParse(name);
  if (!of.success || first === undefined) return null;
  const which = whichOf(first, second);
  const isCut = way !== undefined;
  if (which === null || (of.data === "part" && !isCut) || marks.includes("")) return null;
  const cut = !isCut ? null : way === "by" ? { by: marks } : { at: marks.join("") };
  return [{ of: of.data, which, cut }];
}

function whichOf(first: string, second: string | undefined): Which | null {
  if (first === "each" || first === "any") return second === undefined ? { kind: first } : null;
  const from = first === "last" ? -1 : Number(first);
  if (from === 0 || second === "0") return null;
  return second === undefined
    ? { kind: "one", n: from }
    : { kind: "range", from, to: Number(second) };
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, letter: string) => ({ n: "\n", t: "\t" })[letter] ?? letter);

const unreadable = (step: string): Text => ({
  zh: `看不懂范围“${step}”；可写 text、paragraph 2、sentence last、line each、lines 2..-1、part 1 by "***"、inside "【" "】"，用 > 逐层缩小`,
  en: `cannot read the scope "${step}"; write text, paragraph 2, sentence last, line each, lines 2..-1, part 1 by "***" or inside "【" "】", narrowed by >`,
});

const nouns: Readonly<Record<PartKind, Text>> = {
  paragraph: { zh: "段", en: "paragraph" },
  sentence: { zh: "句", en: "sentence" },
  line: { zh: "行", en: "line" },
  item: { zh: "项", en: "item" },
  part: { zh: "部分", en: "part" },
};
export const partNoun = (kind: PartKind): Text => nouns[kind];

/** Tests the part of a text that a scope names; a part that does not exist breaks the constraint. */
export async function testWithin(
  text: string,
  [step, ...rest]: Scope,
  test: (part: string) => Tested | Promise<Tested>,
): Promise<Tested> {
  if (step === undefined) return test(text.trim());
  if ("inside" in step) {
    const inner = insideOf(text, step.inside);
    const [open, close] = step.inside;
    return inner === null
      ? broken(
          `没有用“${open}”和“${close}”括起来的内容`,
          `nothing stands between "${open}" and "${close}"`,
        )
      : testWithin(inner, rest, test);
  }
  const parts = partsOf(text, step.of, step.cut);
  const { which, of } = step;
  if (which.kind !== "one" && which.kind !== "range")
    return testMany(parts, of, which.kind, (part) => testWithin(part, rest, test));
  const [from, to] = which.kind === "one" ? [which.n, which.n] : [which.from, which.to];
  const found = pick(parts, from, to);
  if (found === null) return missing(of, to, parts.length);
  const tested = await testWithin(text.slice(found.start, found.end), rest, test);
  return which.kind === "one" ? located(tested, of, placeOf(from, parts.length)) : tested;
}

function insideOf(text: string, [open, close]: readonly [string, string]): string | null {
  const start = text.indexOf(open);
  const end = start < 0 ? -1 : text.lastIndexOf(close);
  return end < start + open.length || start < 0 ? null : text.slice(start + open.length, end);
}

const placeOf = (n: number, count: number): number => (n > 0 ? n : count + n + 1);

/** From the first part to the last one, with all between them. */
function pick(parts: readonly Part[], from: number, to: number): Omit<Part, "text"> | null {
  const first = parts[placeOf(from, parts.length) - 1];
  const last = parts[placeOf(to, parts.length) - 1];
  return first === undefined || last === undefined || last.end < first.end
    ? null
    : { start: first.start, end: last.end };
}

async function testMany(
  parts: readonly Part[],
  of: PartKind,
  kind: "each" | "any",
  test: (part: string) => Promise<Tested>,
): Promise<Tested> {
  if (parts.length === 0) return missing(of, 1, 0);
  let last: Tested | null = null;
  for (const [index, part] of parts.entries()) {
    const tested = located(await test(part.text), of, index + 1);
    if (tested.ok === (kind === "any")) return tested;
    last = tested;
  }
  const { zh, en } = nouns[of];
  if (kind === "each") return kept(`每${zh}都合要求`, `every ${en} complies`);
  return broken(
    `没有一${zh}合要求（最后一${zh}：${last?.why.zh ?? ""}）`,
    `no ${en} complies (the last one: ${last?.why.en ?? ""})`,
  );
}

const located = ({ ok, why }: Tested, of: PartKind, n: number): Tested => ({
  ok,
  why: { zh: `第 ${n} ${nouns[of].zh}：${why.zh}`, en: `${nouns[of].en} ${n}: ${why.en}` },
});

const missing = (of: PartKind, n: number, count: number): Tested =>
  broken(
    `没有第 ${Math.abs(n)} ${nouns[of].zh}（共 ${count} ${nouns[of].zh}）`,
    `there is no ${nouns[of].en} ${n} (${count} in all)`,
  );

/** The scope in words, such as 第 2 句; empty for the whole reply. */
export function scopeText(scope: Scope): Text {
  const words = scope.map((step): Text => {
    if ("inside" in step) {
      const [open, close] = step.inside;
      return { zh: `“${open}”与“${close}”之间`, en: `between "${open}" and "${close}"` };
    }
    const { zh, en } = nouns[step.of];
    switch (step.which.kind) {
      case "each":
        return { zh: `每${zh}`, en: `every ${en}` };
      case "any":
        return { zh: `至少一${zh}`, en: `some ${en}` };
      case "range":
        return {
          zh: `第 ${step.which.from} 到 ${step.which.to} ${zh}`,
          en: `${en}s ${step.which.from} to ${step.which.to}`,
        };
      case "one": {
        const { n } = step.which;
        return n > 0
          ? { zh: `第 ${n} ${zh}`, en: `${en} ${n}` }
          : { zh: `倒数第 ${-n} ${zh}`, en: `${en} ${-n} from the end` };
      }
    }
  });
  return { zh: words.map(({ zh }) => zh).join("的"), en: words.map(({ en }) => en).join(", ") };
}
