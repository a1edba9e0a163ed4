import type { z } from "zod";

import type { CompiledSchema } from "../compiled-check.ts";

import { memberOf } from "../../domain/json.ts";
import { compiledCheck } from "../compiled-check.ts";
import {
  innerPattern,
  literalPattern,
  numberPattern,
  type NumberBounds,
  textPattern,
} from "./patterns.ts";

/** Members that are to be built: all, none, or some, in the elements of a list the same. */
export type WantedMembers = boolean | { readonly [name: string]: WantedMembers };

/** What the code of one shape is made of. */
export type Program = {
  captures: number;
  texts: number;
  /** Constants and rules that the code refers to by number. */
  readonly values: unknown[];
  readonly statements: string[];
};

type Part = {
  readonly pattern: string;
  /** An expression for the value; null where it is as in the example. */
  readonly own: string | null;
};

/** The whole of a value, with an expression for it; null where no shape can be made of it. */
export function partFor(
  program: Program,
  schema: z.core.$ZodType,
  value: unknown,
  wanted: WantedMembers,
): { readonly pattern: string; readonly build: string } | null {
  try {
    const { pattern, own } = partOf(program, schema, value, wanted);
    return { pattern, build: own ?? constant(program, value) };
  } catch (error) {
    if (error === unknownMember) return null;
    throw error;
  }
}

const unknownMember = new Error("a member of which the schema does not know");

const constant = ({ values }: Program, value: unknown): string =>
  `values[${values.push(value) - 1}]`;

const asInExample = (value: unknown): Part => ({
  pattern: literalPattern(JSON.stringify(value)),
  own: null,
});

function partOf(
  program: Program,
  schema: z.core.$ZodType,
  value: unknown,
  wanted: WantedMembers,
): Part {
  const part = slotFor(program, schema, wanted) ?? ruledPart(program, schema, value, wanted);
  return wanted === false ? { ...part, own: null } : part;
}

/** A part whose schema has rules: those that are code are asked of the value. */
function ruledPart(
  program: Program,
  schema: z.core.$ZodType,
  value: unknown,
  wanted: WantedMembers,
): Part {
  const rules = rulesOf(schema);
  if (rules.length === 0) return nestedPart(program, schema, value, wanted);
  const isCode = rules.every((each) => memberOf(each, "check") === "custom");
  if (!isCode || typeof value !== "object" || value === null) return asInExample(value);
  // The rule may read any member.
  const part = nestedPart(program, schema, value, true);
  if (part.own === null) return part;
  const name = `x${program.statements.length}`;
  const asked = rules.map((each) => `${constant(program, memberOf(each, "fn"))}(${name})`);
  program.statements.push(
    `const ${name} = ${part.own};\nif (!(${asked.join(" && ")})) return undefined;`,
  );
  return { pattern: part.pattern, own: name };
}

function rulesOf(schema: z.core.$ZodType): readonly object[] {
  const { def } = (schema as CompiledSchema)._zod;
  return [
    ...("check" in def ? [def] : []),
    ...(def.checks ?? []).map((each) => each._zod.def as object),
  ];
}

function nestedPart(
  program: Program,
  schema: z.core.$ZodType,
  value: unknown,
  wanted: WantedMembers,
): Part {
  const { def } = (schema as CompiledSchema)._zod;
  switch (def.type) {
    case "readonly":
    case "default":
    case "optional":
      return partOf(program, def.innerType, value, wanted);
    case "nullable":
      return nullablePart(program, def.innerType, value, wanted);
    case "union":
      return partOf(program, fitting(def.options, value), value, wanted);
    case "array":
      return listPart(program, def.element, value as readonly unknown[], wanted);
    case "record":
      return membersPart(program, value as object, () => def.valueType, wanted);
    case "object":
      return membersPart(program, value as object, (name) => memberOf(def.shape, name), wanted);
    case "string":
    case "number":
    case "boolean":
    case "enum":
    case "null":
    case "literal":
    case "unknown":
    case "lazy":
    case "tuple":
    default:
      return asInExample(value);
  }
}

const fitting = (options: readonly z.core.$ZodType[], value: unknown): z.core.$ZodType => {
  const found = options.find((each) => compiledCheck(each)(value) >= 0);
  if (found === undefined) throw new Error("the example does not fit");
  return found;
};

/** What is not wanted may be null or not; what is wanted is null as in the example, since most members are so always. */
function nullablePart(
  program: Program,
  inner: z.core.$ZodType,
  value: unknown,
  wanted: WantedMembers,
): Part {
  const slot = wanted === false ? slotFor(program, inner, wanted) : null;
  if (slot !== null) return { pattern: `(?:null|${slot.pattern})`, own: null };
  return value === null ? asInExample(value) : partOf(program, inner, value, wanted);
}

/** A part that does not depend on the example; null where the schema is of another kind, or a pattern cannot say its rules. */
function slotFor(program: Program, schema: z.core.$ZodType, wanted: WantedMembers): Part | null {
  const { def } = (schema as CompiledSchema)._zod;
  const rules = rulesOf(schema);
  if (def.type === "string") return textSlot(program, rules, wanted);
  if (def.type === "number") return numberSlot(program, rules, wanted);
  if (rules.length > 0) return null;
  if (def.type === "enum") return wordSlot(program, Object.values(def.entries), wanted);
  if (def.type !== "boolean") return null;
  return captured(program, "true|false", wanted, (raw) => `${raw} === "true"`);
}

function captured(
  program: Program,
  pattern: string,
  wanted: WantedMembers,
  read: (raw: string) => string,
): Part {
  if (wanted === false) return { pattern: `(?:${pattern})`, own: null };
  program.captures += 1;
  return { pattern: `(${pattern})`, own: read(`m[${program.captures}]`) };
}

const quoted = (program: Program, pattern: string, wanted: WantedMembers): Part => {
  const { pattern: inner, own } = captured(
    program,
    pattern,
    wanted,
    (raw) => `text(${program.texts++}, ${raw})`,
  );
  return { pattern: `"${inner}"`, own };
};

function textSlot(program: Program, rules: readonly object[], wanted: WantedMembers): Part | null {
  const [rule] = rules;
  if (rule === undefined) return quoted(program, textPattern, wanted);
  const pattern = memberOf(rule, "pattern");
  if (rules.length > 1 || memberOf(rule, "check") !== "string_format") return null;
  const inner = pattern instanceof RegExp ? innerPattern(pattern) : null;
  return inner === null ? null : quoted(program, inner, wanted);
}

function numberSlot(
  program: Program,
  rules: readonly object[],
  wanted: WantedMembers,
): Part | null {
  const rule = numberRule(rules);
  const pattern = rule === null ? null : numberPattern(rule);
  return pattern === null ? null : captured(program, pattern, wanted, (raw) => `+${raw}`);
}

function numberRule(rules: readonly object[]): NumberBounds | null {
  const rule = {
    isWhole: false,
    minimum: null,
    maximum: null,
    isAbove: false,
  } as Changing<NumberBounds>;
  for (const each of rules) {
    const limit = memberOf(each, "value");
    const isInclusive = memberOf(each, "inclusive") === true;
    const kind = memberOf(each, "check");
    if (kind === "number_format") {
      rule.isWhole = true;
    } else if (typeof limit !== "number") {
      return null;
    } else if (kind === "greater_than" && rule.minimum === null) {
      rule.minimum = limit;
      rule.isAbove = !isInclusive;
    } else if (kind === "less_than" && isInclusive && rule.maximum === null) {
      rule.maximum = limit;
    } else {
      return null;
    }
  }
  return rule;
}

type Changing<T> = { -readonly [Name in keyof T]: T[Name] };

const wordSlot = (program: Program, words: readonly unknown[], wanted: WantedMembers): Part =>
  quoted(
    program,
    words.map((each) => literalPattern(JSON.stringify(each).slice(1, -1))).join("|"),
    wanted,
  );

function listPart(
  program: Program,
  element: z.core.$ZodType,
  value: readonly unknown[],
  wanted: WantedMembers,
): Part {
  const parts = value.map((each) => partOf(program, element, each, wanted));
  const built = parts.map(({ own }, at) => own ?? constant(program, value[at]));
  return {
    pattern: String.raw`\[${parts.map(({ pattern }) => pattern).join(",")}\]`,
    own: isVarying(parts) ? `[${built.join(", ")}]` : null,
  };
}

const isVarying = (parts: readonly Part[]): boolean => parts.some(({ own }) => own !== null);

function membersPart(
  program: Program,
  value: object,
  schemaOf: (name: string) => unknown,
  wanted: WantedMembers,
): Part {
  const names = Object.keys(value);
  const parts = names.map((name) => {
    const schema = schemaOf(name);
    if (schema === undefined || name === "__proto__") throw unknownMember;
    const isWanted = wantedIn(wanted, name);
    const each: unknown = memberOf(value, name);
    const part = partOf(program, schema as z.core.$ZodType, each, isWanted);
    const key = JSON.stringify(name);
    const built = part.own ?? (isWanted === false ? null : constant(program, each));
    return {
      pattern: `${literalPattern(key)}:${part.pattern}`,
      own: part.own,
      member: built === null ? null : `${key}: ${built}`,
    };
  });
  const members = parts.flatMap(({ member }) => (member === null ? [] : [member]));
  return {
    pattern: String.raw`\{${parts.map(({ pattern }) => pattern).join(",")}\}`,
    // Members that are not wanted vary unseen.
    own: isVarying(parts) || typeof wanted === "object" ? `{ ${members.join(", ")} }` : null,
  };
}

const wantedIn = (wanted: WantedMembers, name: string): WantedMembers =>
  typeof wanted === "boolean"
    ? wanted
    : Object.hasOwn(wanted, name)
      ? (wanted[name] ?? false)
      : false;
