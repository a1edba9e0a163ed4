import type { ValueTypeName } from "../value/options.ts";

import { foldText } from "../../text/answer-fold.ts";
import { typeOfGold } from "../value/inferred.ts";
import { shapeOf, type TokenShape } from "./token.ts";

/** What of a gold may guide the reading of a reply: its form, never its value. */
export type GoldShape = {
  /** The type in whose form it is written: a date, a time, a weekday, a judgement. */
  readonly typed: ValueTypeName | null;
  readonly isList: boolean;
  readonly token: TokenShape | null;
  readonly script: GoldScript;
  readonly kind: ValueKind;
  readonly isAccented: boolean;
  readonly isLatinName: boolean;
  /** A number, a Latin word or up to four characters, and nothing else. */
  readonly plain: PlainKind | null;
  /** Characters that a text of its length class has at most. */
  readonly most: number;
};

type GoldScript = "han" | "digits" | "latin" | "other";

const accented = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]/u;
const latinName = /^\p{Lu}[\p{Script=Latin}'’.-]*(?: \p{Lu}[\p{Script=Latin}'’.-]*){0,3}[.]?$/u;

export const isAccented = (text: string): boolean => accented.test(text);
export const isLatinName = (text: string): boolean => latinName.test(text);

/** The shape of the first gold, of which aliases are other spellings. */
export function shapeOfGold(golds: readonly string[], question: string): GoldShape {
  const [gold = ""] = golds;
  const types = golds.flatMap((each) => typeOfGold(each, question) ?? []);
  const token = shapeOf(gold);
  // In English every word is one.
  const isWord = token === "word" && !/\p{Script=Han}{2}/u.test(question);
  return {
    typed: types.find((type) => type !== "list") ?? null,
    isList: types.includes("list"),
    token: isAccented(gold) || isWord ? null : token,
    script: scriptOf(gold),
    kind: kindOf(foldText(gold)),
    isAccented: isAccented(gold),
    isLatinName: isLatinName(gold),
    plain: plainKindOf(gold),
    most: lengthClasses.find((most) => foldText(gold).length <= most) ?? Number.POSITIVE_INFINITY,
  };
}

export type ValueKind = "number" | "code" | "words" | "letters";

/** The kind of a folded text. */
export function kindOf(text: string): ValueKind {
  if (/\d/.test(text)) return /[a-z]/.test(text) ? "code" : "number";
  return /\p{Script=Han}/u.test(text) ? "words" : "letters";
}

const lengthClasses = [4, 8, 16, 32, 64];

function scriptOf(text: string): GoldScript {
  if (/\p{Script=Han}/u.test(text)) return "han";
  if (/\d/.test(text)) return "digits";
  return /\p{Script=Latin}/u.test(text) ? "latin" : "other";
}

type PlainKind = "number" | "word" | "characters";

export function plainKindOf(text: string): PlainKind | null {
  const bare = text.trim();
  if (/^[-+−]?\d+(?:\.\d+)?$/.test(bare)) return "number";
  if (/^[A-Za-z][A-Za-z\d_]{0,23}$/.test(bare)) return "word";
  return /^(?:(?![的了是在有不这那])\p{Script=Han}){1,4}$/u.test(bare) ? "characters" : null;
}
