import { type Arbitrary, constantFrom, nat, oneof, string } from "fast-check";

type Lengths = { readonly minLength?: number; readonly maxLength?: number };

/** Every code point but the halves of pairs. */
const character = nat({ max: 0x10_f7ff }).map((at) =>
  String.fromCodePoint(at < 0xd800 ? at : at + 0x800),
);

/** Names that a plain object knows already. */
const known = ["name", "valueOf", "toString", "prototype", "__proto__", "constructor"];

/**
 * Any text of Unicode, its lengths in characters; now and then a name that every object of JavaScript has. As
 * `string({ unit: "binary" })`, which lists a million characters each time that one is made.
 */
export function anyText({ minLength = 0, maxLength = 64 }: Lengths = {}): Arbitrary<string> {
  const fitting = known.filter(({ length }) => length >= minLength && length <= maxLength);
  const text = string({ unit: character, minLength, maxLength });
  return fitting.length === 0
    ? text
    : oneof({ weight: 19, arbitrary: text }, { weight: 1, arbitrary: constantFrom(...fitting) });
}
