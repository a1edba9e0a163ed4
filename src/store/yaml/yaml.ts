import { LineCounter, isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Node } from "yaml";
import type { z } from "zod";

import type { SourceLocation, Problem, Text } from "../../domain/text.ts";
import type { Finding } from "../../validation/issues.ts";

import { problemError, readText } from "../../files/text-file.ts";
import { validate } from "../../validation/issues.ts";
import { pathText } from "../../validation/path-text.ts";
import { type AliasTarget, aliasTargets, withoutAliases } from "./aliases.ts";
import { withSlip } from "./slips.ts";
import { syntaxProblems } from "./yaml-syntax.ts";

/** The location of the key or value at a path, or of the nearest existing ancestor. */
export type Locate = (path: readonly PropertyKey[], at?: "key" | "value") => SourceLocation;

export type YamlFile<Value> = {
  readonly file: string;
  readonly text: string;
  readonly value: Value;
  readonly locate: Locate;
};

/** Reads and validates a YAML file. Rejects with a `UserError` that holds every problem with its location. */
export async function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<YamlFile<z.output<Schema>>> {
  return parseYaml(await readText(file), file, schema);
}

/** Like `readYaml` for a text; `file` is the name used in problems. */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): YamlFile<z.output<Schema>> {
  const locate = locator(text, file);
  const result = validate(schema, valueOf(text, file));
  if (!result.ok) {
    const { findings } = result;
    throw problemError(inOrder(findings.map((finding) => withSlip(placed(finding, locate), text))));
  }
  return { file, text, value: result.value, locate };
}

/** Problems ordered by line; one reached through several paths because of aliases is kept with the shortest. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const sorted = problems.toSorted(
    ({ place: a }, { place: b }) =>
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      a.path.length - b.path.length,
  );
  const byPlace = new Map<string, Problem>();
  for (const problem of sorted) {
    const { line, column } = problem.place;
    const key = `${line}:${column} ${problem.message.en}`;
    if (!byPlace.has(key)) byPlace.set(key, problem);
  }
  return [...byPlace.values()];
}

/** A problem at a path. */
export function problemAt(
  locate: Locate,
  path: readonly PropertyKey[],
  message: Text,
  at: "key" | "value" = "value",
): Problem {
  return { place: locate(path, at), message };
}

const placed = ({ path, at, message }: Finding, locate: Locate): Problem =>
  problemAt(locate, path, message, at);

/** Texts up to so many characters are kept as they were read, and so many characters of them. */
const mostKept = { each: 500_000, all: 3_000_000 };

const kept = new Map<string, unknown>();
let held = 0;

/** What a text says, as a copy of the caller's own: a command reads the same suite or vendor at several of its steps. */
function valueOf(text: string, file: string): unknown {
  if (text.length > mostKept.each) return openDocument(text, file).toJS();
  const value: unknown = kept.get(text) ?? openDocument(text, file).toJS();
  held += kept.delete(text) ? 0 : text.length;
  kept.set(text, value);
  for (const oldest of kept.keys()) {
    if (held <= mostKept.all) break;
    kept.delete(oldest);
    held -= oldest.length;
  }
  return structuredClone(value);
}

type Parsed = Document.Parsed;

function openDocument(text: string, file: string): Parsed {
  const counter = new LineCounter();
  let document: Parsed;
  try {
    document = parseDocument(text, parseOptions(counter));
  } catch (error) {
    // The composer is recursive: thousands of brackets end in a RangeError.
    if (!(error instanceof RangeError)) throw error;
    throw problemError([problemIn(file, 1, 1, { zh: "嵌套过深", en: "nested too deeply" })]);
  }
  const targetOf = aliasTargets(document);
  const problems = syntaxProblems(document, targetOf, text).map(({ offset, message }) => {
    const { line, col } = counter.linePos(offset);
    return problemIn(file, Math.max(line, 1), Math.max(col, 1), message);
  });
  if (problems.length > 0) throw problemError(problems);
  withoutAliases(document, targetOf);
  return document;
}

const parseOptions = (lineCounter: LineCounter) =>
  ({ lineCounter, stringKeys: true, prettyErrors: false }) as const;

const problemIn = (file: string, line: number, column: number, message: Text): Problem => ({
  place: { file, line, column, path: "" },
  message,
});

/** Parses again when a location is first needed, so that a suite without problems need not keep its syntax tree. */
function locator(text: string, file: string): Locate {
  const counter = new LineCounter();
  let parsed: { readonly document: Parsed; readonly targetOf: AliasTarget } | undefined;
  return (path, at = "value") => {
    if (parsed === undefined) {
      const document = parseDocument(text, parseOptions(counter));
      parsed = { document, targetOf: aliasTargets(document) };
    }
    const offset = offsetOf(parsed.document.contents, parsed.targetOf, path, at);
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: pathText(path) };
  };
}

function offsetOf(
  root: Node | null,
  targetOf: AliasTarget,
  path: readonly PropertyKey[],
  at: "key" | "value",
): number {
  let node = root;
  let offset = startOf(node) ?? 0;
  for (const [index, part] of path.entries()) {
    const last = index === path.length - 1;
    const holder: Node | null = isAlias(node) ? (targetOf(node) ?? null) : node;
    if (isMap(holder)) {
      const pair = holder.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(part),
      );
      if (!isPair(pair)) return offset;
      const key = startOf(pair.key);
      const value = startOf(pair.value);
      offset = (last && at === "key" ? key : value) ?? key ?? offset;
      node = (pair.value ?? null) as Node | null;
    } else if (isSeq(holder)) {
      node = (holder.items[Number(part)] ?? null) as Node | null;
      offset = startOf(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

const startOf = (node: unknown): number | null =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? (node.range?.[0] ?? null) : null;
