import type { Text } from "../../domain/text.ts";
import type { ValueOptions } from "./options.ts";

export type ValueContext = { readonly question: string; readonly options: ValueOptions };

/** `incomplete`: the reply leaves out what the gold says, such as the year. */
export type Agreement = "same" | "different" | "incomplete";

/** A value that stands in a text. */
export type ReadValue = {
  /** As written. */
  readonly text: string;
  /** Whether it is the gold's value; the gold must be one that the type accepts. */
  readonly agrees: (gold: string) => Agreement;
  /** Whether another reading says the same in other words: 15:00 and 下午三点. */
  readonly repeats: (other: string) => boolean;
  /** May be no more than a part of what was said, as one member of a list is. */
  readonly partial: boolean;
};

/** One type of gold: what it accepts, and how it reads a reply. Each is one file of this folder. */
export type ValueType = {
  /** What a gold must look like. */
  readonly expected: Text;
  readonly accepts: (gold: string, context: ValueContext) => boolean;
  /** The value that a text is, with whatever people write around it; null where it is anything else. */
  readonly whole: (text: string, context: ValueContext) => ReadValue | null;
  /** The values that stand in a sentence, in order. */
  readonly within: (text: string, context: ValueContext) => readonly ReadValue[];
  /** Almost any short text is such a value, so that a whole sentence could be taken for one. */
  readonly loose: boolean;
  /** Several lines are such a value more surely than one. */
  readonly lines: boolean;
};

type Definition<Value> = {
  readonly expected: Text;
  readonly parse: (text: string, context: ValueContext) => Value | null;
  /** For golds, where more is asked of them than of a reply. */
  readonly parseGold?: (text: string, context: ValueContext) => Value | null;
  /** Parts of a sentence that may be values. */
  readonly mentions: (text: string, context: ValueContext) => readonly string[];
  readonly loose?: true;
  readonly lines?: true;
  /** Whether a value may be a part of a longer one. */
  readonly partial?: (value: Value) => boolean;
  /** Characters of a text that can be one value with all around it; 1,000 unless told. */
  readonly longest?: number;
  readonly compare: (gold: Value, reply: Value, context: ValueContext) => Agreement;
};

/** Characters of a text in which values are looked for, from its end. */
const longestText = 4_000;

/** Hides what a type's values are made of. */
export function defineValueType<Value>(type: Definition<Value>): ValueType {
  const parseGold = type.parseGold ?? type.parse;
  const read = (text: string, context: ValueContext): ReadValue | null => {
    const value = text.length > (type.longest ?? 1_000) ? null : type.parse(text, context);
    if (value === null) return null;
    return {
      text: text.trim(),
      partial: type.partial?.(value) ?? false,
      agrees: (gold) => {
        const wanted = parseGold(gold, context);
        return wanted === null ? "different" : type.compare(wanted, value, context);
      },
      repeats: (other) => {
        const second = type.parse(other, context);
        return second !== null && type.compare(value, second, context) === "same";
      },
    };
  };
  return {
    expected: type.expected,
    accepts: (gold, context) => parseGold(gold, context) !== null,
    loose: type.loose ?? false,
    lines: type.lines ?? false,
    whole: read,
    within: (text, context) =>
      type
        .mentions(text.slice(-(type.longest ?? longestText)), context)
        .flatMap((mention) => read(mention, context) ?? []),
  };
}
