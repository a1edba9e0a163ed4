/** Larger sets tell little of a text. */
const most = 400;
/** Characters that so many texts have that a part without them tells more. */
const usual = "的是了为有不一在个我这=，,。:： \n0123456789";

/** Null where nothing can be said. */
type Needed = ReadonlySet<string> | null;

/**
 * Characters (UTF-16 units) of which every text in which the pattern is found has at least one; null where there are none of
 * that kind, or the pattern uses what is not read here. It may name more than are needed, but never fewer.
 */
export function neededCharacters({ source, flags, unicode, ignoreCase }: RegExp): Needed {
  if (flags.includes("v")) return null;
  const signs = unicode ? Array.from(source) : source.split("");
  let at = 0;

  const alternatives = (): Needed => {
    let all: Set<string> | null = new Set();
    for (;;) {
      const branch = sequence();
      if (branch === null) all = null;
      else for (const each of branch) all?.add(each);
      if (signs[at] !== "|") return all;
      at += 1;
    }
  };
  const sequence = (): Needed => {
    let best: Needed = null;
    while (at < signs.length && signs[at] !== "|" && signs[at] !== ")") {
      const part = atom();
      const needed = isOptional() ? null : part;
      if (needed !== null && needed.size <= most && cost(needed) < cost(best)) best = needed;
    }
    return best;
  };
  const isOptional = (): boolean => {
    const counted = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(signs.slice(at, at + 16).join(""));
    if (counted === null) return false;
    at += counted[0].length;
    return /^[*?]/.test(counted[0]) || Number(counted[1] ?? 1) === 0;
  };
  const atom = (): Needed => {
    const sign = signs[at++] ?? "";
    if (sign === "(") return group();
    if (sign === "[") return oneOf();
    if (sign === "\\") return escaped();
    return /[.^$]/.test(sign) ? null : cased(sign);
  };
  const group = (): Needed => {
    const opening = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(signs.slice(at, at + 40).join(""))?.[0] ?? "";
    if (opening === "" && signs[at] === "?") throw new Error("a group that is not read here");
    at += opening.length;
    const inside = alternatives();
    at += 1;
    // What stands around a match stands in the text as well.
    return opening.includes("!") ? null : inside;
  };
  const oneOf = (): Needed => {
    const isOther = signs[at] === "^";
    if (isOther) at += 1;
    let all: Set<string> | null = new Set();
    let last = "";
    while (signs[at] !== "]") {
      if (at >= signs.length) throw new Error("a class without an end");
      const isRange = signs[at] === "-" && last !== "" && signs[at + 1] !== "]";
      if (isRange) at += 1;
      const sign = signs[at++] ?? "";
      const some = sign === "\\" ? escaped(true) : isRange ? new Set([sign]) : cased(sign);
      const [only = ""] = some ?? [];
      const added = isRange ? between(last, only) : some;
      if (added === null) all = null;
      else for (const each of added) all?.add(each);
      last = some?.size === 1 || sign !== "\\" ? (sign === "\\" ? only : sign) : "";
    }
    at += 1;
    return isOther ? null : all;
  };
  const between = (from: string, to: string): Needed => {
    const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
    if (last > 0xffff || last - first > most) return null;
    const all = new Set<string>();
    for (let code = first; code <= last; code++) {
      const some = cased(String.fromCharCode(code));
      if (some === null) return null;
      for (const each of some) all.add(each);
    }
    return all;
  };
  const escaped = (inClass = false): Needed => {
    const sign = signs[at++] ?? "";
    if (sign === "d") return digits;
    if (sign === "u" || sign === "x") return cased(coded(sign));
    if (sign === "p" || sign === "P" || sign === "k") {
      while (!/[}>]/.test(signs[at++] ?? "}"));
      return null;
    }
    if (sign === "c") throw new Error("a control letter that is not read here");
    const control = controls[sign];
    if (control !== undefined) return new Set([control]);
    if (inClass && sign === "b") return new Set(["\b"]);
    return /[A-Za-z1-9]/.test(sign) ? null : cased(sign);
  };
  const coded = (kind: string): string => {
    const rest = signs.slice(at, at + 10).join("");
    const found = (kind === "x" ? /^()([\da-f]{2})/i : /^(?:\{([\da-f]+)\}|([\da-f]{4}))/i).exec(
      rest,
    );
    if (found === null) throw new Error("an escape that is not read here");
    at += found[0].length;
    return String.fromCodePoint(Number.parseInt(found[1] || found[2] || "0", 16));
  };
  const cased = (sign: string): Needed => {
    if (sign.length > 1) return new Set([sign.charAt(0)]);
    if (!ignoreCase) return new Set([sign]);
    const [lower, upper] = [sign.toLowerCase(), sign.toUpperCase()];
    if (lower === upper) return new Set([sign]);
    // Letters beyond ASCII have more forms than two, and the long s and the sign of kelvin are forms of s and k.
    if (!/^[a-z]$/.test(lower)) return null;
    return new Set([
      lower,
      upper,
      ...(lower === "k" ? ["\u212a"] : lower === "s" ? ["\u017f"] : []),
    ]);
  };

  try {
    const needed = alternatives();
    return at === signs.length && needed !== null && needed.size <= most ? needed : null;
  } catch {
    return null;
  }
}

const digits: ReadonlySet<string> = new Set("0123456789");
const controls: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  0: "\0",
};

function cost(needed: Needed): number {
  if (needed === null) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (const each of needed) sum += usual.includes(each) ? 12 : 1;
  return sum;
}
