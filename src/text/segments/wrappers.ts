import type { Segment, SegmentKind, Wrapper } from "./segment.ts";

/** What a wrapper holds, with the wrapper's own span. */
export type Wrapped = Segment & { readonly wrapper: Wrapper };

const answerName =
  /^(?:final[_ -]?)?(?:answers?|ans|results?|outputs?|responses?|choices?|final|solution|option|(?:my[_ -]?)?pick|selected(?:[_ -]?option)?|correct|(?:correct|best|chosen)[_ -]?(?:answer|option|choice)s?|prediction)$|^(?:(?:最终|正确|你的|我的|最後|最后)?(?:答案|选项|选择|結果|结果|回答|結論|结论|選項|選擇))$/i;

/** Every wrapper of a reply, in order; of nested ones only the outermost. */
export function wrappersIn(reply: string): readonly Wrapped[] {
  if (!mayWrap.test(reply)) return [];
  const found = [
    ...(reply.includes("<") || reply.includes("[") ? tagged(reply) : []),
    ...(reply.includes("{") ? boxes(reply) : []),
    ...(reply.includes("{") || reply.includes("[") ? jsonIn(reply) : []),
    ...(reply.includes("|") ? tables(reply) : []),
    ...(reply.includes("[") || /[☑☐✅⬜]/u.test(reply) ? checkLists(reply) : []),
  ].toSorted((a, b) => a.start - b.start || b.end - a.end);
  let reached = -1;
  return found.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

const mayWrap = /[<[{|☑☐✅⬜]/u;

const tags =
  "answer|pick|final|final[_ -]?answer|result|output|response|solution|choice|ans|答案|最终答案|结论";
const opening = new RegExp(
  `<(${tags})>|\\[(answer|final(?: answer)?)\\](?=[^\\n]{0,400}\\[/)|<\\|begin_of_(box|solution)\\|>`,
  "gi",
);

/** <answer>…</answer>, [ANSWER]…[/ANSWER], <|begin_of_box|>…<|end_of_box|>; a closing tag may be missing. */
function tagged(reply: string): readonly Wrapped[] {
  const found: Wrapped[] = [];
  const closing = closings(reply);
  const openings = Array.from(reply.matchAll(opening));
  let reached = 0;
  for (const [at, match] of openings.entries()) {
    if (match.index < reached) continue;
    const from = match.index + match[0].length;
    const close = closing.find(({ start }) => start >= from);
    // <response><answer>…</answer></response>: the inner one holds the answer.
    if (close !== undefined && (openings[at + 1]?.index ?? close.start) < close.start) continue;
    const until = close?.start ?? reply.length;
    reached = close?.end ?? reply.length;
    const name = (match[1] ?? match[2] ?? match[3] ?? "").toLowerCase();
    found.push(segment(reply, "announcement", "tag", name, [match.index, from, until, reached]));
    if (found.length >= most) break;
  }
  return found;
}

/** A reply with more wrappers is looping. */
const most = 200;

const closingTag = new RegExp(
  `</(?:${tags})>|\\[/(?:answer|final(?: answer)?)\\]|<\\|end_of_(?:box|solution)\\|>`,
  "gi",
);

const closings = (reply: string): readonly { readonly start: number; readonly end: number }[] =>
  Array.from(reply.matchAll(closingTag), ({ index, 0: mark }) => ({
    start: index,
    end: index + mark.length,
  }));

const box = /\\f?boxed\s*\{/g;

/** \boxed{…} with balanced braces; one that is never closed ends the search. */
function boxes(reply: string): readonly Wrapped[] {
  const found: Wrapped[] = [];
  let reached = 0;
  for (const match of reply.matchAll(box)) {
    if (match.index < reached) continue;
    const from = match.index + match[0].length;
    const end = balancedEnd(reply, from - 1);
    if (end < 0 || found.length >= most) break;
    reached = end;
    found.push(segment(reply, "announcement", "boxed", "boxed", [match.index, from, end - 1, end]));
  }
  return found;
}

/** The offset after the bracket that closes the one at `from`, or -1. Quoted brackets count, as models quote unevenly. */
function balancedEnd(text: string, from: number): number {
  const open = text.charAt(from);
  const close = open === "{" ? "}" : "]";
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === open) depth++;
    else if (char === close && --depth === 0) return at + 1;
  }
  return -1;
}

const jsonStart = /(?:^|\n|```(?:json)?|[：:])[ \t]*(?=[{[]\s*["“'\n[{])/g;
const pair =
  /["“”'‘]([^"“”'‘\n]{1,24})["“”'’]\s*[：:]\s*(?:"((?:[^"\\\n]|\\.){0,2000})"|'([^'\n]{0,2000})'|“([^”\n]{0,2000})”|(\[[^\]\n]{0,400}\]|\{[^{}\n]{0,400}\}|[^,，}\n"]{1,200}))/g;

/** Objects: each value by its key. What cannot be parsed is read pair by pair, since models write loose JSON. */
function jsonIn(reply: string): readonly Wrapped[] {
  const found: Wrapped[] = [];
  let reached = 0;
  for (const match of reply.matchAll(jsonStart)) {
    const start = match.index + match[0].length;
    if (start < reached || reply.charAt(start) !== "{") continue;
    const end = balancedEnd(reply, start);
    if (end < 0 || found.length >= most) break;
    reached = end;
    const pairs = [...reply.slice(start, end).matchAll(pair)];
    const named = pairs.some(([, key = ""]) => answerName.test(key.trim()));
    for (const each of pairs) {
      const key = (each[1] ?? "").trim();
      const value = each[2] ?? each[3] ?? each[4] ?? each[5] ?? "";
      const from = start + each.index + each[0].lastIndexOf(value);
      const kind =
        answerName.test(key) || (!named && pairs.length === 1) ? "announcement" : "working";
      const at = [
        start + each.index,
        from,
        from + value.length,
        start + each.index + each[0].length,
      ] as const;
      found.push(segment(reply, kind, "json", key, at));
    }
  }
  return found;
}

const row = /^[ \t]{0,4}\|[^\n]*\|[ \t]*$/gm;
const answerColumn =
  /^(?:\*\*)?(?:最终|正确|[你您我]的|参考|标准)?(?:答案|结论|结果|作答|选择|所选(?:项|选项)?|answer)(?:\*\*)?$/i;
/** The column that counts where another one holds what somebody had answered. */
const keyColumn = /^(?:\*\*)?(?:(?:正确|参考|标准)(?:答案|选项)|correct(?: answer)?)(?:\*\*)?$/i;

/** Cells of a table's answer column, where its head names one that no other column explains; without one, of its answer row. */
function tables(reply: string): readonly Wrapped[] {
  const found: Wrapped[] = [];
  let head: readonly string[] | null = null;
  let reached = -2;
  for (const match of reply.matchAll(row)) {
    const cells = match[0].trim().slice(1, -1).split("|");
    const continues = match.index <= reached + 1;
    reached = match.index + match[0].length;
    if (!continues || head === null) {
      head = cells.map((cell) => cell.trim());
      continue;
    }
    if (found.length >= most) break;
    if (cells.every((cell) => /^[\s:-]*$/.test(cell))) continue;
    const key = head.findIndex((name) => keyColumn.test(name));
    const own = key >= 0 ? key : head.findIndex((name) => answerColumn.test(name));
    const isRow = own < 0 && cells.length === 2 && answerColumn.test(cells[0]?.trim() ?? "");
    const column = isRow ? 1 : own;
    const explains = head.some(
      (name) =>
        !keyColumn.test(name) && /判断|对错|正误|是否|理由|分析|符合|verdict|correct/i.test(name),
    );
    if (column < 0 || explains) continue;
    let from = match.index + match[0].indexOf("|") + 1;
    for (const cell of cells.slice(0, column)) from += cell.length + 1;
    const until = from + (cells[column]?.length ?? 0);
    const name = (isRow ? cells[0]?.trim() : head[column]) ?? null;
    found.push(segment(reply, "announcement", "table", name, [from, from, until, until]));
  }
  return found;
}

const checked =
  /^[ \t]{0,8}(?:(?:[-*+•]|\d{1,2}[.)])[ \t]+)?(?:\[([ xX×√✓✔✅])\]|([☑☐✅⬜]️?))[ \t]*(?=\S)([^\n]*)$/gmu;

/** Check lists: a ticked line is chosen, another is only a remark on its option. */
function checkLists(reply: string): readonly Wrapped[] {
  // Several boxes in one line are not one ticked line.
  const lines = [...reply.matchAll(checked)]
    .slice(0, most)
    .filter((line) => !/[☑☐⬜✅]/u.test(line[3] ?? ""));
  // ✅ alone is decoration; beside an open box or in brackets it is a tick.
  if (!lines.some((line) => line[1] !== undefined || /[☑☐⬜]/u.test(line[2] ?? ""))) return [];
  return lines.map((line) => {
    const mark = line[1] ?? line[2] ?? "";
    const rest = line[3] ?? "";
    const end = line.index + line[0].length;
    const kind = /^[ ☐⬜×]/u.test(mark) ? "option-reason" : "announcement";
    return segment(reply, kind, "check list", null, [line.index, end - rest.length, end, end]);
  });
}

function segment(
  reply: string,
  kind: SegmentKind,
  wrapper: Wrapper,
  name: string | null,
  [start, from, until, end]: readonly [number, number, number, number],
): Wrapped {
  return { kind, text: reply.slice(from, until).trim(), start, end, wrapper, name };
}
