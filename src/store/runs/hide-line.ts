import type { CallRecord } from "../../domain/call.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";
import type { RunWriter } from "./writer.ts";

import { hideNothing, showAll } from "../../text/secrets/redact.ts";

/** Replaces the secrets in a text. */
export type Hide = (text: string) => string;

/**
 * Names of what we wrote ourselves: it says what belongs together, and a key such as `lm-studio` may well be a part of
 * it. Only directly in a line and in its records: deeper, a vendor may have chosen the names.
 */
const own: ReadonlySet<string> = new Set(
  [
    "kind key item target wording step trial ask_digest digest outcome when status lane lanes loop",
    "reason grader verdict value who judge params prompt_digest timing usage cost pending",
  ].flatMap((names) => names.split(" ")),
);

/** What lines hold one or several of. */
const records: ReadonlySet<string> = new Set([
  "call",
  "turns",
  "attempts",
  "judge_calls",
  "stopped",
  "left",
]);

/** A call without secrets: none is left in anything that the vendor wrote, whichever field it stands in. */
export const hideInCall = (call: CallRecord, hide: Hide): CallRecord => hideIn(call, hide);

/** A line without secrets. What was planned and asked stays: it comes from the user's own files. */
export const hideInLine = (line: RunFileLine, hide: Hide): RunFileLine =>
  planned.has(line.kind) ? line : hideIn(line, hide);

const planned: ReadonlySet<RunFileLine["kind"]> = new Set(["run", "item", "resume", "review"]);

/** A writer that hides secrets in every line, wherever they may have come from. */
export const hidingWriter = (writer: RunWriter, hide: Hide): RunWriter => ({
  ...writer,
  append: (line) => writer.append(hideInLine(line, hide)),
});

/** The same record where there is nothing to hide in it. */
function hideIn<T extends object>(record: T, hide: Hide): T {
  if (hide === hideNothing) return record;
  let shown: T | null = null;
  for (const name in record) {
    if (own.has(name)) continue;
    const value: unknown = record[name];
    const hidden = records.has(name) ? hideInRecords(value, hide) : showAll(value, hide);
    // The names and kinds of all values are as they were.
    if (hidden === value) continue;
    shown ??= { ...record };
    Reflect.set(shown, name, hidden);
  }
  return shown ?? record;
}

function hideInRecords(value: unknown, hide: Hide): unknown {
  if (!Array.isArray(value)) return hideInRecord(value, hide);
  const hidden = value.map((each: unknown) => hideInRecord(each, hide));
  return hidden.every((each, at) => each === value[at]) ? value : hidden;
}

const hideInRecord = (value: unknown, hide: Hide): unknown =>
  typeof value === "object" && value !== null ? hideIn(value, hide) : showAll(value, hide);
