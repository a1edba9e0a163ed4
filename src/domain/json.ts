/** A member of a JSON object, or undefined. Own members only. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

export type Members = Readonly<Record<string, unknown>>;

/** True of what JSON calls an object: a list is none. */
export const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const none: Members = {};

/** The members of a parsed JSON object, none of anything else; only for names that are not on `Object.prototype`. */
export const membersOf = (value: unknown): Members =>
  typeof value === "object" && value !== null ? (value as Members) : none;

/** The text that a member, or a flag of the command line, holds; null where it is absent or something else. */
export const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The elements of a JSON array; none of anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A vendor's code: text, or a number as text. */
export const codeOf = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null;
