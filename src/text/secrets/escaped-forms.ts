/** A way to write a text so that it can be read back. */
export type Escaping = "characters" | "hexadecimal" | "base64";

/**
 * Patterns for all that `text` may look like in this way of writing. None of them can look at a place of the searched
 * text more often than the pattern is long.
 */
export function escapedForms(text: string, escaping: Escaping): readonly RegExp[] {
  switch (escaping) {
    case "characters":
      return [new RegExp((text.match(/\\+|[^\\]/gu) ?? []).map(characterForms).join(""), "gu")];
    case "hexadecimal":
      return [new RegExp(bytesOf(text).map(hexOf).join(hexGap), "gi")];
    case "base64":
      return [0, 1, 2].map((shift) => new RegExp(base64Core(text, shift), "g"));
  }
}

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text)];

const hexOf = (byte: number): string => byte.toString(16).padStart(2, "0");

/** One character, or a run of backslashes, which several patterns would divide among them in too many ways: itself, or as JSON, JavaScript, a URL, a form or HTML write it, in text within text too. */
function characterForms(character: string): string {
  if (character.startsWith("\\")) {
    const { length } = character;
    return String.raw`(?:(?<!\\)\\{${length},}|(?:\\{1,8}u005[cC]|%(?:25){0,3}5[cC]|&#92;){${length}})`;
  }
  const units = Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  const code = character.codePointAt(0) ?? 0;
  const slashes = String.raw`\\{1,8}`;
  return `(?:${[
    /^[\p{L}\p{N}]$/u.test(character) ? quoted(character) : String.raw`\\{0,8}${quoted(character)}`,
    ...(named[character] ?? []),
    units.map((unit) => `${slashes}u${anyCase(unit)}`).join(""),
    ...(code < 0x100 ? [`${slashes}x${anyCase(hexOf(code))}`] : []),
    bytesOf(character)
      .map((byte) => `%(?:25){0,3}${anyCase(hexOf(byte))}`)
      .join(""),
    `&(?:amp;){0,2}#(?:0{0,4}${code}|[xX]0{0,4}${anyCase(code.toString(16))});`,
  ].join("|")})`;
}

/** Escapes that have a letter or a name of their own. */
const named: Readonly<Record<string, readonly string[]>> = {
  "\n": [String.raw`\\{1,8}n`],
  "\r": [String.raw`\\{1,8}r`],
  "\t": [String.raw`\\{1,8}t`],
  "\b": [String.raw`\\{1,8}b`],
  "\f": [String.raw`\\{1,8}f`],
  " ": [String.raw`\+`],
  "&": ["&(?:amp;){1,3}"],
  "<": ["&(?:amp;){0,2}lt;"],
  ">": ["&(?:amp;){0,2}gt;"],
  '"': ["&(?:amp;){0,2}quot;"],
  "'": ["&(?:amp;){0,2}apos;"],
};

const quoted = (character: string): string =>
  character.replace(/[\\^$.*+?()[\]{}|/]/u, String.raw`\$&`);

const anyCase = (hex: string): string =>
  hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** Between bytes: nothing, or what dumps and arrays put there. */
const hexGap = String.raw`(?:[\s:,-]|\\{1,8}x|,?\s?0x)?`;

/**
 * The characters that the base64 of any text with `text` in it has in common, where `text` begins at a byte whose
 * number leaves `shift` when divided by 3. At both ends a character may belong to a neighbour too.
 */
function base64Core(text: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
  const whole = bytes.toString("base64").replace(/=+$/, "");
  const start = [0, 2, 3][shift] ?? 0;
  const core = whole.slice(start, bytes.length % 3 === 0 ? undefined : -1);
  return Array.from(core, base64Forms).join(String.raw`(?:\\{1,8}[rn]|[\r\n]){0,2}`);
}

function base64Forms(character: string): string {
  if (character === "+") return String.raw`(?:[+-]|%(?:25)?2[bB])`;
  if (character === "/") return String.raw`(?:\\{0,8}/|_|%(?:25)?2[fF])`;
  return character;
}
