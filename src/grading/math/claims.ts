import { dressed } from "./dress.ts";

/** A formula that may be the answer, and where it stands. */
export type FormulaClaim = {
  readonly formula: string;
  /** The chain of equations at whose end it stands, else itself. */
  readonly chain: string;
  /** What stands before it, from the formula before on; and after it. */
  readonly before: string;
  readonly after: string;
  readonly sentence: string;
  /** The place of its sentence in the reply, and its own from the end of the sentence. */
  readonly at: number;
  readonly fromEnd: number;
  /** The first of its sentence. */
  readonly isFirst: boolean;
  /** Its sentence says 所以 and the like, before it. */
  readonly concludes: boolean;
} & FormulaPlace;

/** Where the sentence of a formula stands. */
export type FormulaPlace = {
  /** It announces the answer. */
  readonly announced: boolean;
  /** In or after the last correction of the reply, or before it. */
  readonly corrects: boolean;
  readonly corrected: boolean;
};

export const nowhere: FormulaPlace = { announced: false, corrects: false, corrected: false };

const listMark = /^\s*(?:[-*•+>]|#{1,6}|\d{1,2}[.、)])\s+/;

/** A longer sentence is a loop; its end is read. */
const longest = 2_000;
const mostFormulas = 60;

/** The formulas of a sentence, those of one list together. */
export function formulasIn(
  sentence: string,
  at: number,
  concludes: boolean,
  place: FormulaPlace = nowhere,
): readonly FormulaClaim[] {
  const text = dressed(sentence.slice(-longest).replace(listMark, ""));
  const groups = groupsOf(text).slice(-mostFormulas);
  let concluding = concludes;
  return groups.map(({ formula, before, end }, index) => {
    concluding ||= concludesIn.test(before);
    const after = text.slice(end, end + 30);
    return {
      formula: resultOf(multiplied(formula, after)),
      chain: formula,
      before,
      after,
      sentence,
      at,
      fromEnd: groups.length - 1 - index,
      isFirst: index === 0,
      ...place,
      concludes: concluding,
    };
  });
}

/** (x-3)与(x-2)的乘积 is (x-3)(x-2). */
const multiplied = (formula: string, after: string): string =>
  /^\s*(?:的乘?积|之积|相乘)/.test(after)
    ? formula
        .split(",")
        .map((part) => `(${part})`)
        .join("")
    : formula;

/** The set, point or matrix at the end of a chain: a+b=(1+3,2-4)=(4,-2). */
function resultOf(formula: string): string {
  const last =
    /^(?:[^=]+=|[([])[^=]+(?:=[^=]+)*=\s*((?:\\left\s*)?(?:\\[{l]|[{([]|\\begin).*)$/.exec(
      formula,
    )?.[1];
  return last !== undefined && /[,&|]|\\mid|\\\\/.test(last) && !last.includes("=")
    ? last
    : formula;
}

const concludesIn =
  /所以|因此|因而|故|∴|从而|于是|综上|可知|可见|\\therefore|(?:^|[^a-z])(?:hence|thus|therefore|so)(?![a-z])/i;

type Group = { readonly formula: string; readonly before: string; readonly end: number };

export const joins = /^\s*(?:[,、;]|或者?|和|与|及|跟|以及|还有|且|并且|or|and)\s*$/;

/** Formulas between dollars, those of one list together. */
function groupsOf(sentence: string): readonly Group[] {
  const groups: Group[] = [];
  let end = 0;
  for (const match of sentence.matchAll(/\$([^$\n]{1,600})\$/g)) {
    const written = (match[1] ?? "").trim();
    const formula = written.replace(sign, "").trim();
    const gap = `${sentence.slice(end, match.index)}${sign.exec(written)?.[0] ?? ""}`;
    if (/^(?:\(\d\))+$/.test(formula)) continue;
    const last = groups.at(-1);
    end = match.index + match[0].length;
    if (last !== undefined && joins.test(gap) && isList(last.formula, formula, gap)) {
      const joint = /或|or/.test(gap) ? " 或 " : /且/.test(gap) ? " 且 " : ",";
      groups[groups.length - 1] = { ...last, formula: `${last.formula}${joint}${formula}`, end };
    } else groups.push({ formula, before: gap, end });
  }
  return groups;
}

/** ∴ within the dollars, and the sign after a name in words: 原式 = 5. */
const sign =
  /^(?:\\(?:therefore|because|Rightarrow|Longrightarrow|implies)(?![a-z])|[∴∵⇒]|=(?!=))\s*/;

/** The letter of a name, without its index. */
const letterOf = (name: string): string => /^([a-zA-Z])(?:_\{?\w\}?)?$/.exec(name)?.[1] ?? "";

const domain = /^[a-zA-Z](?:,[a-zA-Z])*\s*(?:∈|\\in(?![a-zA-Z]))/;

/** Two formulas after a comma are one list if they name alike, or like coordinates: z=3-4i, |z|=5 is none. */
function isList(first: string, second: string, gap: string): boolean {
  if (domain.test(second)) return !/^\s*[,;]\s*$/.test(gap) && domain.test(first);
  if (!/^\s*[,;]\s*$/.test(gap)) return true;
  const [a = "", b = ""] = [first, second].map(
    (text) => /([^=,]{1,20}?)\s*=[^=]*$/.exec(text)?.[1]?.trim() ?? "",
  );
  return (
    (a === b && !/[<>≤≥]|\\[lg]e/.test(`${first}${second}`)) ||
    /^(?:x,y|y,z|x,z|a,b|b,c|m,n|p,q|k,b|u,v)$/.test(`${letterOf(a)},${letterOf(b)}`) ||
    (letterOf(a) !== "" && letterOf(a) === letterOf(b))
  );
}
