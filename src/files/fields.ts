/** A field of a JSON object; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return Object.hasOwn(value, name) ? found : undefined;
}
