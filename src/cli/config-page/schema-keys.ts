import { listOf, memberOf, textOf } from "../../domain/json.ts";

/** One key of a JSON Schema: `run.deadlines.connect`, `notify[].kind`, `runners.*.file`. */
export type SchemaKey = {
  readonly path: string;
  /** In words of JSON Schema; what a text may be, where it is one of several. */
  readonly type: string;
  /** As JSON; null where there is none. */
  readonly fallback: string | null;
};

/** Every key of a JSON Schema (draft-07) in the order in which it is declared. What refers to itself is told once. */
export function schemaKeys(schema: unknown): readonly SchemaKey[] {
  const found = new Map<string, SchemaKey>();
  walk(schema, "", []);
  return [...found.values()];

  function walk(given: unknown, path: string, above: readonly unknown[]): void {
    const node = resolved(given, schema);
    if (above.includes(node)) return;
    const next = [...above, node];
    for (const each of choices(node)) walk(each, path, next);
    const items = memberOf(node, "items");
    if (isNode(items)) walk(items, `${path}[]`, next);
    const others = memberOf(node, "additionalProperties");
    if (isNode(others)) walk(others, `${path}.*`, next);
    for (const [name, value] of Object.entries(memberOf(node, "properties") ?? {})) {
      const own = path === "" ? name : `${path}.${name}`;
      if (!found.has(own)) found.set(own, { path: own, ...facts(value, schema) });
      walk(value, own, next);
    }
  }
}

function facts(given: unknown, schema: unknown): Omit<SchemaKey, "path"> {
  const node = resolved(given, schema);
  const fallback = memberOf(given, "default") ?? memberOf(node, "default");
  return {
    type: typeOf(node, schema),
    fallback: fallback === undefined ? null : JSON.stringify(fallback),
  };
}

function typeOf(node: unknown, schema: unknown): string {
  const fixed = memberOf(node, "const");
  if (fixed !== undefined) return textOf(fixed) ?? JSON.stringify(fixed);
  const words = listOf(memberOf(node, "enum"));
  if (words.length > 0 && words.length < 9) return words.join(" | ");
  const kinds = choices(node).map((each) => typeOf(resolved(each, schema), schema));
  if (kinds.length > 0) return [...new Set(kinds)].join(" | ");
  return textOf(memberOf(node, "type")) ?? "any";
}

const choices = (node: unknown): readonly unknown[] => [
  ...listOf(memberOf(node, "anyOf")),
  ...listOf(memberOf(node, "oneOf")),
];

/** Where a node only points at another, that one. */
function resolved(node: unknown, schema: unknown): unknown {
  const pointer = textOf(memberOf(node, "$ref"));
  const [only, ...more] = listOf(memberOf(node, "allOf"));
  if (only !== undefined && more.length === 0) return resolved(only, schema);
  if (pointer === null) return node;
  const target = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((at, name) => memberOf(at, name), schema);
  return resolved(target, schema);
}

const isNode = (value: unknown): boolean => typeof value === "object" && value !== null;
