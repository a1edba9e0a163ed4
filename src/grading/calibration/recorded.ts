import type { Ballot } from "../../domain/judging.ts";
import type { Recorded } from "./judge-row.ts";

/** Names under which judges give their overall mark. */
const overall: ReadonlySet<string> = new Set(["综合得分", "总分", "综合", "overall", "rating"]);

/**
 * A ballot from a judge's recorded verdict: marks, a mark, yes or no, or a text that ends in one of them, in the forms
 * that published judges use: a last `{'准确': 8, '综合得分': 7}`, `[[7]]`, 是 or 否. A text with none of them is an invalid
 * ballot, never a guess. Marks outside `low` to `high` are invalid too.
 */
export function recordedBallot(
  recorded: Recorded,
  vote: number,
  { low, high }: { readonly low: number; readonly high: number },
): Ballot {
  const given = typeof recorded === "object" ? recorded : {};
  const judge = given.judge ?? "recorded";
  const parsed = typeof recorded === "object" ? parsedRecord(given) : parsedValue(recorded);
  const invalid = (problem: string): Ballot => ({
    judge,
    vote,
    value: null,
    reason: null,
    invalid: problem,
  });
  if (parsed === null) return invalid("no verdict in the recorded text");
  const { reason = null, orders } = given;
  if (typeof parsed === "boolean")
    return { judge, vote, value: Number(parsed), reason, invalid: null };
  const outside = Object.values(parsed.marks).find((mark) => mark < low || mark > high);
  if (outside !== undefined) return invalid(`${outside} is outside the scale`);
  const criteria = Object.entries(parsed.marks).filter(([name]) => !overall.has(name));
  const whole = parsed.whole ?? meanOf(criteria.map(([, mark]) => mark));
  if (whole === null || whole < low || whole > high) return invalid("no mark of the whole");
  return {
    judge,
    vote,
    value: whole / high,
    ...(criteria.length === 0 ? {} : { marks: Object.fromEntries(criteria) }),
    ...(orders === undefined ? {} : { orders }),
    reason,
    invalid: null,
  };
}

type ParsedMarks = {
  readonly marks: Readonly<Record<string, number>>;
  readonly whole: number | null;
};

function parsedRecord({
  marks,
  mark,
  text,
}: Exclude<Recorded, string | number | boolean>): ParsedMarks | boolean | null {
  if (marks !== undefined) return withWhole(marks, mark ?? null);
  if (mark !== undefined) return { marks: {}, whole: mark };
  return text === undefined ? null : parsedValue(text);
}

function parsedValue(given: string | number | boolean): ParsedMarks | boolean | null {
  if (typeof given === "boolean") return given;
  if (typeof given === "number") return { marks: {}, whole: given };
  const text = given.trim();
  const [block] = text.match(/\{[^{}]*\}/g)?.slice(-1) ?? [];
  if (block !== undefined) return marksIn(block);
  const [, bracketed] = /\[\[\s*(\d+(?:\.\d+)?)\s*\]\]/.exec(text) ?? [];
  if (bracketed !== undefined) return { marks: {}, whole: Number(bracketed) };
  const [, word] = /^(?:答案|判断|结论)?[：:]?\s*(是|否)[。.]?$/.exec(text) ?? [];
  return word === undefined ? null : word === "是";
}

/** Python writes single quotes, JSON double ones. */
function marksIn(block: string): ParsedMarks | null {
  const pairs = [...block.matchAll(/(['"])([^'"]+)\1\s*[:：]\s*(\d+(?:\.\d+)?)\s*(?=[,，}])/g)];
  if (pairs.length === 0) return null;
  return withWhole(
    Object.fromEntries(pairs.map(([, , name = "", mark]) => [name, Number(mark)])),
    null,
  );
}

function withWhole(marks: Readonly<Record<string, number>>, mark: number | null): ParsedMarks {
  const [, whole = null] = Object.entries(marks).find(([name]) => overall.has(name)) ?? [];
  return { marks, whole: mark ?? whole };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
