import type { z } from "zod";

import { memberOf } from "../domain/json.ts";

/** The number of keys in all objects of a value that fits a schema, or a negative number where it does not fit. */
export type CompiledCheck = (value: unknown) => number;

/**
 * A schema's check as code of its own. It says only whether a parsed JSON value fits, not why not, and copies nothing:
 * a hundred times faster than parsing with the schema, which every line of a run file of millions can afford. Throws on
 * a kind of schema or check that it does not know, so that none is passed over.
 */
export function compiledCheck(schema: z.core.$ZodType): CompiledCheck {
  const program: Program = { functions: [], names: new Map(), values: [] };
  const entry = functionFor(program, schema);
  const source = `"use strict";\n${keysIn}\n${program.functions.join("\n")}\nreturn ${entry};`;
  // The text is made of the schema's own names and numbers; no input is in it.
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func
  return new Function("values", source)(program.values) as CompiledCheck;
}

type Program = {
  readonly functions: string[];
  readonly names: Map<z.core.$ZodType, string>;
  /** Patterns and functions that the code refers to by number. */
  readonly values: unknown[];
};

const keysIn = `function keysIn(x) {
  if (typeof x !== "object" || x === null) return 0;
  let n = 0;
  if (Array.isArray(x)) for (const each of x) n += keysIn(each);
  else for (const name in x) n += 1 + keysIn(x[name]);
  return n;
}`;

/** The name of a function that returns the keys of its argument, or -1. Made once for each schema, which may hold itself. */
function functionFor(program: Program, schema: z.core.$ZodType): string {
  const known = program.names.get(schema);
  if (known !== undefined) return known;
  const name = `f${program.names.size}`;
  program.names.set(schema, name);
  program.functions.push(
    `function ${name}(x) {\nlet n = 0;\n${code(program, schema)}\nreturn n;\n}`,
  );
  return name;
}

/** The kinds of schema that have a compiled check. */
export type CompiledSchema =
  | z.core.$ZodString
  | z.core.$ZodNumber
  | z.core.$ZodBoolean
  | z.core.$ZodNull
  | z.core.$ZodLiteral
  | z.core.$ZodEnum
  | z.core.$ZodUnknown
  | z.core.$ZodReadonly
  | z.core.$ZodDefault
  | z.core.$ZodOptional
  | z.core.$ZodNullable
  | z.core.$ZodLazy
  | z.core.$ZodUnion
  | z.core.$ZodArray
  | z.core.$ZodTuple
  | z.core.$ZodRecord
  | z.core.$ZodObject;

/** Statements that return -1 unless the variable x fits, and otherwise add its keys to n. */
function code(program: Program, schema: z.core.$ZodType): string {
  const own = ownCode(program, schema as CompiledSchema);
  const { def } = schema._zod;
  // A schema such as `z.int()` is a check itself.
  const checks = [
    ...("check" in def ? [def] : []),
    ...(def.checks ?? []).map((each) => each._zod.def),
  ];
  return [own, ...checks.map((each) => checkCode(program, each))].join("\n");
}

const unless = (condition: string): string => `if (!(${condition})) return -1;`;

function ownCode(program: Program, schema: CompiledSchema): string {
  const { def } = schema._zod;
  switch (def.type) {
    case "string":
    case "boolean":
      return unless(`typeof x === "${def.type}"`);
    case "number":
      return unless(`typeof x === "number" && x - x === 0`);
    case "null":
      return unless("x === null");
    case "literal":
      return unless(oneOf(def.values));
    case "enum":
      return unless(oneOf(Object.values(def.entries)));
    case "unknown":
      return "n += keysIn(x);";
    case "readonly":
    case "default":
      return code(program, def.innerType);
    case "optional":
      return `if (x !== undefined) {\n${code(program, def.innerType)}\n}`;
    case "nullable":
      return `if (x !== null) {\n${code(program, def.innerType)}\n}`;
    case "lazy":
      return called(program, def.getter());
    case "union":
      return unionCode(program, def.options);
    case "array":
      return `${unless("Array.isArray(x)")}\nfor (let i = 0; i < x.length; i++) {\n${called(program, def.element, "x[i]")}\n}`;
    case "tuple":
      return [
        unless(`Array.isArray(x) && x.length === ${def.items.length}`),
        ...def.items.map((item, index) => called(program, item, `x[${index}]`)),
      ].join("\n");
    case "record":
      return `${unless(isMap)}\nfor (const name in x) {\nn++;\n${called(program, def.keyType, "name")}\n${called(program, def.valueType, "x[name]")}\n}`;
    case "object":
      return objectCode(program, def);
    default:
      throw new Error(`no compiled check for ${String(memberOf(def, "type"))}`);
  }
}

const isMap = `typeof x === "object" && x !== null && !Array.isArray(x)`;

const called = (program: Program, schema: z.core.$ZodType, value = "x"): string =>
  `{ const c = ${functionFor(program, schema)}(${value}); if (c < 0) return -1; n += c; }`;

const oneOf = (values: readonly unknown[]): string =>
  values.map((each) => `x === ${JSON.stringify(each)}`).join(" || ");

function unionCode(program: Program, options: readonly z.core.$ZodType[]): string {
  const tries = options.map((each) => `if (c < 0) c = ${functionFor(program, each)}(x);`);
  return `{ let c = -1;\n${tries.join("\n")}\nif (c < 0) return -1; n += c; }`;
}

function objectCode(program: Program, { shape, catchall }: z.core.$ZodObjectDef): string {
  const members = Object.entries(shape).map(([name, schema]) => {
    const { def } = (schema as CompiledSchema)._zod;
    const needed = def.type === "optional" || def.type === "default" ? def.innerType : null;
    const body = `own++;\n${code(program, needed ?? schema)}`;
    const value = `const x = v[${JSON.stringify(name)}];`;
    return `{ ${value}\n${needed === null ? body : `if (x !== undefined) {\n${body}\n}`}\n}`;
  });
  const strict = catchall?._zod.def.type === "never" ? [onlyOwn] : [];
  return [unless(isMap), "{ const v = x; let own = 0;", ...members, ...strict, "n += own; }"].join(
    "\n",
  );
}

const onlyOwn = "{ let all = 0; for (const name in v) all++; if (all !== own) return -1; }";

/** `def` is the definition of one of zod's checks. */
function checkCode(program: Program, def: object): string {
  const kind = memberOf(def, "check");
  const limit = String(
    memberOf(def, "value") ?? memberOf(def, "minimum") ?? memberOf(def, "maximum"),
  );
  const orEqual = memberOf(def, "inclusive") === true ? "=" : "";
  switch (kind) {
    case "number_format":
      return unless("Number.isSafeInteger(x)");
    case "greater_than":
      return unless(`x >${orEqual} ${limit}`);
    case "less_than":
      return unless(`x <${orEqual} ${limit}`);
    case "min_length":
      return unless(`x.length >= ${limit}`);
    case "max_length":
      return unless(`x.length <= ${limit}`);
    case "string_format":
      return unless(`${valueCode(program, memberOf(def, "pattern"))}.test(x)`);
    case "custom":
      return unless(`${valueCode(program, memberOf(def, "fn"))}(x)`);
    default:
      throw new Error(`no compiled check for ${String(kind)}`);
  }
}

const valueCode = ({ values }: Program, value: unknown): string =>
  `values[${values.push(value) - 1}]`;
