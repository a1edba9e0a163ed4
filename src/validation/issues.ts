import type { z } from "zod";

import type { ExpectedNote } from "../domain/schema/expected.ts";
import type { Text } from "../domain/text.ts";

import { memberOf } from "../domain/json.ts";
import { noteText } from "../domain/schema/expected.ts";
import { UserError } from "../domain/text.ts";
import { nearest } from "../text/edit-distance.ts";
import { anyOf, isLong, noteOf, other, plain, readNote } from "./expectation.ts";
import { misplacedKey, textAsAuth } from "./misplaced-key.ts";
import { show, suggestion, unknownName } from "./suggest.ts";

/** One problem with a value: its path, whether it concerns the key or the value, and the message. */
export type Finding = {
  readonly path: readonly PropertyKey[];
  readonly at: "key" | "value";
  readonly message: Text;
};

type Issue = z.core.$ZodIssue;

/** Validates a value; returns the parsed value or everything wrong with it, in document order. */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { ok: true; value: z.output<Schema> } | { ok: false; findings: readonly Finding[] } {
  const result = schema.safeParse(value, {
    error: (raw) => noteText(noteOf(raw)),
    reportInput: true,
  });
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    findings: dropEchoes(result.error.issues).flatMap((issue) => findings(issue, [])),
  };
}

function findings(issue: Issue, base: readonly PropertyKey[]): readonly Finding[] {
  const path = [...base, ...issue.path];
  const note = readNote(issue.message);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: "key" as const,
      message:
        misplacedKey(key, note.known) ?? unknownName({ zh: "键", en: "key" }, key, note.known),
    }));
  }
  if (issue.code === "invalid_union" && issue.errors.length > 0) return unionFindings(issue, path);
  if (issue.code === "invalid_key") {
    return [{ path, at: "key", message: mismatch(keyNote(issue.issues), path.at(-1)) }];
  }
  const message = isMissing(issue)
    ? missing(path.at(-1), note.expected)
    : (textAsAuth(path, issue.input) ?? mismatch(note, blamed(issue)));
  return [{ path, at: "value", message }];
}

/** What is wrong: a rule between members of an object that blames one of them reports the object as its input. */
function blamed({ code, input, path }: Issue): unknown {
  const member = code === "custom" ? memberOf(input, String(path.at(-1))) : undefined;
  return member === undefined ? input : member;
}

/**
 * A union reports its best-fitting branch: among those that take this kind of value, the one with the fewest
 * problems. If no branch takes this kind of value, their expectations are listed together.
 */
function unionFindings(
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: readonly PropertyKey[],
): readonly Finding[] {
  const branches = issue.errors.map(dropEchoes);
  const fitting = branches.filter((branch) => !branch.some(isWholly));
  const best = fitting.toSorted((a, b) => cost(a) - cost(b))[0];
  if (best !== undefined) return best.flatMap((inner) => findings(inner, path));
  const notes = branches.flatMap((branch) => rootNotes(branch));
  if (issue.input === undefined) {
    return [{ path, at: "value", message: missing(path.at(-1), anyOf(notes)) }];
  }
  const known = notes.flatMap((each) => each.known);
  return [{ path, at: "value", message: mismatch({ expected: anyOf(notes), known }, issue.input) }];
}

/** True if the value as a whole has the wrong kind, rather than something inside it. */
const isWholly = (issue: Issue): boolean =>
  issue.path.length === 0 &&
  (issue.code === "invalid_type" ||
    issue.code === "invalid_value" ||
    (issue.code === "invalid_union" && issue.errors.every((branch) => branch.some(isWholly))));

function rootNotes(branch: readonly Issue[]): readonly ExpectedNote[] {
  return branch
    .filter((issue) => issue.path.length === 0)
    .flatMap((issue) =>
      issue.code === "invalid_union" ? issue.errors.flatMap(rootNotes) : [readNote(issue.message)],
    );
}

const cost = (branch: readonly Issue[]): number =>
  branch.reduce((sum, issue) => sum + issueCost(issue), 0);

function issueCost(issue: Issue): number {
  if (issue.code === "unrecognized_keys") return issue.keys.length;
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return Math.min(...issue.errors.map(cost));
  return 1;
}

/** A key that is missing because it was misspelt is one problem, reported at the misspelt key. */
function dropEchoes(issues: readonly Issue[]): readonly Issue[] {
  const missingKeys = issues.flatMap((issue) =>
    isMissing(issue)
      ? [{ issue, parent: issue.path.slice(0, -1), name: String(issue.path.at(-1)) }]
      : [],
  );
  const echoes = new Set(
    issues.flatMap((issue) => {
      if (issue.code !== "unrecognized_keys") return [];
      const here = missingKeys.filter(({ parent }) => samePath(parent, issue.path));
      const known = readNote(issue.message).known;
      const meant = new Set(issue.keys.map((key) => nearest(key, known)));
      return here.filter(({ name }) => meant.has(name)).map(({ issue: echo }) => echo);
    }),
  );
  return issues.filter((issue) => !echoes.has(issue));
}

const isMissing = (issue: Issue): boolean =>
  issue.input === undefined &&
  issue.path.length > 0 &&
  (issue.code === "invalid_type" ||
    issue.code === "invalid_value" ||
    issue.code === "invalid_union");

const samePath = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

function keyNote(issues: readonly Issue[]): ExpectedNote {
  const first = issues[0];
  return first === undefined ? plain(other) : readNote(first.message);
}

function missing(name: PropertyKey | undefined, expected: Text): Text {
  return {
    zh: `缺少必填项 ${show(name)}（应为${expected.zh}）`,
    en: `missing required ${show(name)} (expected ${expected.en})`,
  };
}

function mismatch({ expected, known, sentence }: ExpectedNote, input: unknown): Text {
  if (sentence === true) return expected;
  const got = valueText(input);
  const meant = meantBy(input, known);
  return {
    zh: `应为${expected.zh}，实为${got.zh}${meant.zh}`,
    en: `expected ${expected.en}; got ${got.en}${meant.en}`,
  };
}

/** Nothing where the names stand in the sentence already, and none of them is near. */
function meantBy(input: unknown, known: readonly string[]): Text {
  if (typeof input !== "string") return { zh: "", en: "" };
  if (isLong(known) || nearest(input, known) !== null) return suggestion(input, known);
  return { zh: "", en: "" };
}

function valueText(value: unknown): Text {
  if (value === undefined) return { zh: "缺失", en: "nothing" };
  if (value === null) return { zh: "空值", en: "nothing (null)" };
  if (Array.isArray(value) && value.length === 0) return { zh: "空列表", en: "an empty list" };
  if (Array.isArray(value)) return { zh: "列表", en: "a list" };
  if (typeof value === "object") return { zh: "键值表", en: "a map" };
  return { zh: ` ${show(value)}`, en: show(value) };
}

/**
 * Parses a plugin's options with its schema, filling in defaults. `kind` is what the plugin is, such as `grader`.
 * Throws a `UserError` that names every invalid option, with the nearest known name.
 */
export function parseOptions<Options>(
  kind: Text,
  { id, options }: { readonly id: string; readonly options: z.ZodType<Options> },
  given: Readonly<Record<string, unknown>> | undefined,
): Options {
  const parsed = validate(options, given ?? {});
  if (parsed.ok) return parsed.value;
  const lines = (lang: "zh" | "en"): string =>
    parsed.findings
      .map(({ path, message }) => `  ${[...path.map(String), message[lang]].join(": ")}`)
      .join("\n");
  throw new UserError({
    zh: `${kind.zh} ${id} 的选项有误：\n${lines("zh")}`,
    en: `bad options for the ${kind.en} ${id}:\n${lines("en")}`,
  });
}
