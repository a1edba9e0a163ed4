/** Names of the total; a dimension of the same name is written with a backslash before it. */
const totalNames: readonly string[] = ["总分", "total"];

/** What a key of `min_score` denotes. */
export type Denoted =
  | { readonly kind: "total" }
  | { readonly kind: "dimension"; readonly index: number }
  | { readonly kind: "none" }
  /** It could be several; `keys` are spellings that denote one each. */
  | { readonly kind: "several"; readonly keys: readonly string[] };

/** The key of a dimension: its names joined by "/", where a "/" within a name, and a name like the total's, is escaped. */
export function dimensionKey(path: readonly string[]): string {
  const [only = ""] = path;
  if (path.length === 1 && totalNames.includes(only)) return `\\${only}`;
  return path.map((name) => name.replaceAll("\\", "\\\\").replaceAll("/", "\\/")).join("/");
}

/** Finds what a key denotes among the dimensions' paths. A key without escapes is taken as long as only one path reads so. */
export function denotedBy(key: string, paths: readonly (readonly string[])[]): Denoted {
  const named = paths.flatMap((path, index) => (dimensionKey(path) === key ? [index] : []));
  const [exact] = named;
  if (exact !== undefined) return { kind: "dimension", index: exact };
  const plain = paths.flatMap((path, index) => (path.join("/") === key ? [index] : []));
  const isTotal = totalNames.includes(key);
  const [only] = plain;
  if (only === undefined) return isTotal ? { kind: "total" } : { kind: "none" };
  if (plain.length === 1 && !isTotal) return { kind: "dimension", index: only };
  const keys = plain.map((index) => dimensionKey(paths[index] ?? []));
  return {
    kind: "several",
    keys: isTotal ? [...totalNames.filter((name) => name !== key), ...keys] : keys,
  };
}
