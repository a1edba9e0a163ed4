import type { Ballot } from "../../domain/judging.ts";
import type { Recorded } from "./judge-row.ts";

/** Names that a judge gives to its mark of the whole. */
const overall: ReadonlySet<string> = new Set(["综合得分", "总分", "综合", "overall", "rating"]);

/**
 * A ballot out of what a judge said earlier: marks, a mark, yes or no, or a text that ends in one of them, in the ways
 * that published judges write: a last `{'准确': 8, '综合得分': 7}`, `[[7]]`, 是 or 否. A text that holds none of them is an
 * invalid ballot, never a guess. Marks outside `low` to `high` are invalid too.
 */
export function recordedBallot(
  recorded: Recorded,
  vote: number,
  { low, high }: { readonly low: number; readonly high: number },
): Ballot {
  const given = typeof recorded === "object" ? recorded : {};
  const judge = given.judge ?? "recorded";
  const said = typeof recorded === "object" ? saidIn(given) : plain(recorded);
  const invalid = (problem: string): Ballot => ({
    judge,
    vote,
    value: null,
    reason: null,
    invalid: problem,
  });
  if (said === null) return invalid("no verdict in the recorded text");
  if (typeof said === "boolean")
    return { judge, vote, value: Number(said), reason: null, invalid: null };
  const outside = Object.values(said.marks).find((mark) => mark < low || mark > high);
  if (outside !== undefined) return invalid(`${outside} is outside the scale`);
  const criteria = Object.entries(said.marks).filter(([name]) => !overall.has(name));
  const whole = said.whole ?? meanOf(criteria.map(([, mark]) => mark));
  if (whole === null || whole < low || whole > high) return invalid("no mark of the whole");
  return {
    judge,
    vote,
    value: whole / high,
    ...(criteria.length === 0 ? {} : { marks: Object.fromEntries(criteria) }),
    reason: null,
    invalid: null,
  };
}

type Said = { readonly marks: Readonly<Record<string, number>>; readonly whole: number | null };

function saidIn({
  marks,
  mark,
  text,
}: Exclude<Recorded, string | number | boolean>): Said | boolean | null {
  if (marks !== undefined) return withWhole(marks, mark ?? null);
  if (mark !== undefined) return { marks: {}, whole: mark };
  return text === undefined ? null : plain(text);
}

function plain(said: string | number | boolean): Said | boolean | null {
  if (typeof said === "boolean") return said;
  if (typeof said === "number") return { marks: {}, whole: said };
  const text = said.trim();
  const [block] = text.match(/\{[^{}]*\}/g)?.slice(-1) ?? [];
  if (block !== undefined) return marksIn(block);
  const [, bracketed] = /\[\[\s*(\d+(?:\.\d+)?)\s*\]\]/.exec(text) ?? [];
  if (bracketed !== undefined) return { marks: {}, whole: Number(bracketed) };
  const [, word] = /^(?:答案|判断|结论)?[：:]?\s*(是|否)[。.]?$/.exec(text) ?? [];
  return word === undefined ? null : word === "是";
}

/** Python writes single quotes, JSON double ones. */
function marksIn(block: string): Said | null {
  const pairs = [...block.matchAll(/(['"])([^'"]+)\1\s*[:：]\s*(\d+(?:\.\d+)?)\s*(?=[,，}])/g)];
  if (pairs.length === 0) return null;
  return withWhole(
    Object.fromEntries(pairs.map(([, , name = "", mark]) => [name, Number(mark)])),
    null,
  );
}

function withWhole(marks: Readonly<Record<string, number>>, mark: number | null): Said {
  const [, whole = null] = Object.entries(marks).find(([name]) => overall.has(name)) ?? [];
  return { marks, whole: mark ?? whole };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
