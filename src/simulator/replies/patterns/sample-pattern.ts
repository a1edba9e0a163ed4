import type { PatternFlags } from "../../../text/pattern.ts";
import type { Random } from "../../random.ts";

import { compilePattern } from "../../../text/pattern.ts";

/** A group whose text is given rather than made up. */
export type Filled = { readonly group: number; readonly text: string };

type Reader = {
  readonly source: string;
  readonly random: Random;
  readonly filled: Filled | null;
  readonly flags: PatternFlags;
  at: number;
  groups: number;
  /** How many characters of the running text have been used so far. */
  flow: number;
};

const bank = Array.from("好春秋山水花月，。0123456789abcxyzABCXYZ-_ \n\"'{}[]:；、");
const running = "清晨的微风吹过田野带来一阵淡淡的花香远处的小河静静流淌";
const extra = 4;
/** Length of the first phrase of the running text. */
const phrase = 9;

/**
 * A text that an RE2 pattern of the usual kind matches: literals, classes, groups, alternatives, repetitions.
 * The caller checks it against the pattern, because rarer syntax is taken literally.
 * randexp (0.6.1, tried in 2026-11) knows neither `\p{Han}` nor Chinese text: it failed 5 of the 22 patterns of our suites.
 */
export function samplePattern(
  source: string,
  flags: PatternFlags,
  random: Random,
  filled: Filled | null,
): string {
  return alternatives({ source, flags, random, filled, at: 0, groups: 0, flow: 0 });
}

function alternatives(reader: Reader): string {
  const choices = [sequence(reader)];
  while (reader.source[reader.at] === "|") {
    reader.at += 1;
    choices.push(sequence(reader));
  }
  const [first = "", ...rest] = choices;
  return reader.random.pick([first, ...rest]);
}

function sequence(reader: Reader): string {
  let text = "";
  while (reader.at < reader.source.length && !"|)".includes(reader.source[reader.at] ?? "")) {
    const start = reader.at;
    const groups = reader.groups;
    const flow = reader.flow;
    const once = atom(reader);
    const end = reader.at;
    const times = repetition(reader, once, reader.flow > flow);
    const after = reader.at;
    const made = [];
    for (let round = 0; round < times; round += 1) {
      if (round === 0) {
        made.push(once);
        continue;
      }
      reader.at = start;
      reader.groups = groups;
      made.push(atom(reader));
    }
    reader.at = Math.max(after, end);
    text += made.join("");
  }
  return text;
}

function atom(reader: Reader): string {
  const { source } = reader;
  const point = String.fromCodePoint(source.codePointAt(reader.at) ?? 0);
  if (point === "(") return group(reader);
  if (point === "[") return fromClass(reader, classEnd(source, reader.at));
  reader.at += point.length;
  if (point === "^" || point === "$") return "";
  if (point === ".") return running[reader.flow++ % running.length] ?? "";
  return point === "\\" ? escaped(reader) : point;
}

function group(reader: Reader): string {
  const opening = /^\((?:\?(?:P?<\w+>|[a-zA-Z]*-?[a-zA-Z]*(:|\))))?/.exec(
    reader.source.slice(reader.at),
  )?.[0];
  reader.at += opening?.length ?? 1;
  if (opening?.endsWith(")") === true) return "";
  const captures = opening === "(" || opening?.includes("<") === true;
  if (captures) reader.groups += 1;
  const number = captures ? reader.groups : null;
  const text = alternatives(reader);
  reader.at += 1;
  return reader.filled !== null && number === reader.filled.group ? reader.filled.text : text;
}

function escaped(reader: Reader): string {
  const letter = reader.source[reader.at] ?? "";
  if (letter === "p" || letter === "P") {
    const end = /^.\{[^}]*\}|^../.exec(reader.source.slice(reader.at))?.[0].length ?? 2;
    reader.at -= 1;
    return fromClass(reader, reader.at + 1 + end);
  }
  reader.at += 1;
  if ("bBAzZ".includes(letter)) return "";
  if ("dDwWsS".includes(letter)) {
    reader.at -= 2;
    return fromClass(reader, reader.at + 2);
  }
  return { n: "\n", t: "\t", r: "\r" }[letter] ?? letter;
}

/** One character of a class, chosen from those that the engine itself accepts. */
function fromClass(reader: Reader, end: number): string {
  const source = reader.source.slice(reader.at, end);
  reader.at = end;
  const pattern = compilePattern(`^(?:${source})$`, { ...reader.flags, multiline: false });
  const named = Array.from(source.replaceAll(/[[\]\\^]/g, ""));
  const inside = [...bank, ...named].filter((point) => pattern.last(point) !== null);
  const [first = "", ...rest] = inside;
  const next = running[reader.flow % running.length] ?? "";
  if (pattern.last(next) === null) return reader.random.pick([first, ...rest]);
  reader.flow += 1;
  return next;
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === "^") at += 1;
  if (source[at] === "]") at += 1;
  while (at < source.length && source[at] !== "]") {
    if (source.startsWith("[:", at)) at = source.indexOf(":]", at) + 1;
    at += source[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

/** How often to repeat what was read: spaces as rarely as possible, running text for the length of a phrase. */
function repetition(reader: Reader, once: string, runs: boolean): number {
  const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(reader.source.slice(reader.at));
  if (found === null) return 1;
  reader.at += found[0].length;
  const [least, most] = boundsOf(found);
  if (once.trim() === "") return least;
  if (runs && most > 1) return Math.min(Math.max(phrase, least), most);
  return reader.random.int(least, Math.min(most, least + extra));
}

function boundsOf([all, from, comma, to]: RegExpExecArray): readonly [number, number] {
  if (all.startsWith("?")) return [0, 1];
  if (all.startsWith("*")) return [0, Number.POSITIVE_INFINITY];
  if (all.startsWith("+")) return [1, Number.POSITIVE_INFINITY];
  const least = Number(from);
  if (comma === "") return [least, least];
  return [least, to === "" ? Number.POSITIVE_INFINITY : Number(to)];
}
