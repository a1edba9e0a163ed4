import type { z } from "zod";

import type { CompiledSchema } from "../../validation/compiled-check.ts";

import { memberOf } from "../../domain/json.ts";

type Path = readonly (string | number)[];

/** A member of an object in a sample. */
export type Site = { readonly path: Path; readonly required: boolean };

/** Texts that fit the patterns of the schemas in domain/; the first that fits is taken. */
const texts = ["x", "USD_CNY", "2026-01-31", "2026-01-31T20:16:00.000Z", "09:00-12:00"];

/** Numbers, likewise: a count first, then a share below 1. */
const numbers = [1, 0.5];

/**
 * A value that fits a schema and has every member that the schema knows, with one element in each list, of a list of
 * several kinds one of each. `sites` gets every member of every object in it.
 */
export function sampleOf(schema: z.core.$ZodType, sites: Site[] = [], path: Path = []): unknown {
  const known = schema as CompiledSchema;
  const { def } = known._zod;
  const inner = (next: z.core.$ZodType, more: Path = []): unknown =>
    sampleOf(next, sites, [...path, ...more]);
  switch (def.type) {
    case "readonly":
    case "nullable":
    case "default":
    case "optional":
      return inner(def.innerType);
    case "lazy":
    case "unknown":
      return "x";
    case "boolean":
      return true;
    case "null":
      return null;
    case "literal":
      return def.values[0];
    case "enum":
      return Object.values(def.entries)[0];
    case "number":
      return numbers.find((number) => fits(schema, number));
    case "string":
      return texts.find((text) => fits(schema, text));
    case "union":
      return inner(def.options[0] ?? known);
    case "tuple":
      return def.items.map((item, index) => inner(item, [index]));
    case "array": {
      const kinds = optionsOf(def.element);
      return kinds.map((kind, index) => inner(kind, [index]));
    }
    case "record": {
      const name = String(sampleOf(def.keyType));
      return { [name]: inner(def.valueType, [name]) };
    }
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape).map(([name, member]) => {
          sites.push({ path: [...path, name], required: member._zod.optin === undefined });
          return [name, inner(member, [name])];
        }),
      );
    default:
      throw new Error(`no sample of ${String(memberOf(def, "type"))}`);
  }
}

const optionsOf = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
  const { def } = (schema as CompiledSchema)._zod;
  return def.type === "union" ? def.options : [schema];
};

const fits = (schema: z.core.$ZodType, value: unknown): boolean =>
  (schema as z.ZodType).safeParse(value).success;
