import fc from "fast-check";
import { expect, test } from "vitest";

import { neededCharacters } from "./needed-characters.ts";

const told = (pattern: RegExp): string | null => {
  const needed = neededCharacters(pattern);
  return needed === null ? null : [...needed].join("");
};

test.each<[RegExp, string | null]>([
  [/所以|因此/, "所因"],
  [/^[\s*_(]{0,4}(?:所以|故)/, "所故"],
  [/不(?:对|行)/, "对行"],
  [/应为|改[成为]/, "应改"],
  [/a?b*c{0,3}d/, "d"],
  [/a{2,}/, "a"],
  [/x\s?[-+]/, "x"],
  [/\d+/, "0123456789"],
  [/\bif\b/i, "iI"],
  [/look/i, "lL"],
  [/(?:k|s)z/i, "zZ"],
  [/k/i, "kK\u212a"],
  [/s/i, "sS\u017f"],
  [/(?<=不)可能(?!性)/, "可"],
  [/(?<!不)(?=能)/, "能"],
  [/(?<name>甲)\k<name>/, "甲"],
  [/[①-③]/, "①②③"],
  [/[\u4e00-\u4e02]/, "一丁丂"],
  [/\u{1f600}|好/u, "\ud83d好"],
  [/[\u{1f300}-\u{1faff}]/u, "\ud83c\ud83d\ud83e"],
  [/[^a]b/, "b"],
  [/[\]-]/, "]-"],
  [/a\.b/, "a"],
  [new RegExp("甲\\cJ"), null],
  [/a|/, null],
  [/^$/, null],
  [/.\s\w/, null],
  [/\p{Script=Han}/u, null],
  [/[\p{L}a]/u, null],
  [/[一-龥]/, null],
  [/π/i, null],
  [/(?:a|\s)/, null],
])("%s needs one of %s", (pattern, needed) => {
  expect(told(pattern)).toBe(needed);
});

test("a text in which a pattern is found has one of the characters, whatever the pattern", () => {
  const sign = fc.constantFrom("a", "K", "s", "是", "不", "1", "\n", "，", "😀", "🤔");
  const atom = fc.oneof(sign, fc.constantFrom("\\d", "[是不]", "[^是]", "\\s", ".", "[a-c不]"));
  const quantified = fc
    .tuple(atom, fc.constantFrom("", "?", "*", "+", "{0,2}", "{2}", "??"))
    .map(([source, times]) => `(?:${source})${times}`);
  const branch = fc.array(quantified, { maxLength: 4 }).map((parts) => parts.join(""));
  const pattern = fc
    .array(branch, { minLength: 1, maxLength: 3 })
    .chain((all) =>
      fc.constantFrom(
        all.join("|"),
        `(?:${all.join("|")})+`,
        `(?=${all.join("|")})`,
        `${all[0]}(?!${all.join("|")})`,
      ),
    );
  fc.assert(
    fc.property(
      pattern,
      fc.constantFrom("", "i", "u", "iu"),
      fc.array(sign, { maxLength: 8 }),
      (source, flags, signs) => {
        const made = new RegExp(source, flags);
        const needed = neededCharacters(made);
        const text = signs.join("");
        if (needed === null || !made.test(text)) return;
        expect(text.split("").some((each) => needed.has(each))).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});
