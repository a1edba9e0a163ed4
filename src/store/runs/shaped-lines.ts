import { isUtf8 } from "node:buffer";

import type { WantedMembers } from "../../validation/shape/shape-parts.ts";

import { lineSchemas, type RunFileLine } from "../../domain/run-file/lines.ts";
import { type LineShape, lineShape } from "../../validation/shape/line-shape.ts";
import { checkedLine } from "./checked-line.ts";

type Kind = RunFileLine["kind"];

/** Whole lines of a run file, with the byte at which they start. */
export type LineRun = { readonly bytes: Buffer; readonly start: number };

/** Hands on every line, checked, with the byte at which it starts, or throws the error with which a line is refused. */
export type ShapedReader<Line> = (
  run: LineRun,
  onLine: (line: Line | RunFileLine, start: number) => void,
) => void;

/** Shapes that are tried for a line; those that were met last come first. */
const mostTried = 6;
/** After so many of one kind its lines are too different for shapes to pay. */
const mostMade = 48;

/**
 * Reads lines by shapes that it learns from them, several times faster than `checkLines`, which reads those of no known shape and says
 * what is wrong with one. Of a line that was read by its shape only the wanted members are there, and all of them.
 */
export function createShapedReader<Line>(
  file: string,
  wanted: Partial<Record<Kind, WantedMembers>>,
): ShapedReader<Line> {
  const shapes = createShapes(wanted);
  return ({ bytes, start }, onLine) => {
    const text = isUtf8(bytes) ? bytes.toString("latin1") : "";
    for (let at = 0; at < bytes.length;) {
      const found = shapes.read(text, at);
      if (found !== undefined) {
        onLine(found.value as Line, start + at);
        at = found.end;
        continue;
      }
      const end = bytes.indexOf(newline, at);
      const own = bytes.subarray(at, end === -1 ? bytes.length : end);
      const line = start + at === 0 ? 1 : 2;
      const read = checkedLine(file, { bytes: own, start: start + at, line, ended: true });
      if (text !== "") shapes.learn(read, own);
      onLine(read, start + at);
      at += own.length + 1;
    }
  };
}

const newline = 10;

function createShapes(wanted: Partial<Record<Kind, WantedMembers>>) {
  const byInitial = new Map<number, LineShape[]>();
  const made = new Map<Kind, number>();
  const found = { value: undefined as unknown, end: 0 };

  /** The line that starts there; it holds until this is called again. Undefined where it has no known shape. */
  const read = (text: string, at: number): typeof found | undefined => {
    const tried = byInitial.get(text.charCodeAt(at + initialAt));
    if (tried === undefined) return undefined;
    for (let each = 0; each < tried.length; each += 1) {
      const shape = tried[each] as LineShape;
      shape.pattern.lastIndex = at;
      const match = shape.pattern.exec(text);
      if (match === null) continue;
      found.value = shape.build(match);
      found.end = shape.pattern.lastIndex;
      if (each > 0) tried.unshift(...tried.splice(each, 1));
      return found.value === undefined ? undefined : found;
    }
    return undefined;
  };
  const learn = ({ kind }: RunFileLine, bytes: Buffer): void => {
    const isWanted = wanted[kind];
    const before = made.get(kind) ?? 0;
    if (isWanted === undefined || before >= mostMade) return;
    made.set(kind, before + 1);
    const shape = lineShape(lineSchemas[kind], bytes.toString("utf8"), isWanted);
    if (shape === null) return;
    const initial = bytes[initialAt] ?? 0;
    byInitial.set(initial, [shape, ...(byInitial.get(initial) ?? [])].slice(0, mostTried));
  };
  return { read, learn };
}

/** Lines that baimo writes begin with their kind, whose first letter tells which shapes to try. */
const initialAt = '{"kind":"'.length;
