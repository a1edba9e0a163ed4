import type { Effort } from "./literal.ts";

import { isCall, readLiteral } from "./literal.ts";
import { callOfExpression, withArguments, type WrittenCall } from "./read-call.ts";

const mark = "(?:^|\\n)[\\s>*#-]*";
const actionLine = new RegExp(
  `${mark}(?:action|tool|行动|动作|操作|工具|调用工具)(?:\\s?\\d+)?\\**\\s*[:：]\\**[ \\t]*`,
  "giu",
);
const inputLine = new RegExp(
  `${mark}(?:action[ _]?input|tool[ _]?input|action[ _]?arguments|arguments|行动输入|动作输入|操作输入|工具输入|输入参数|输入|参数)(?:\\s?\\d+)?\\**\\s*[:：]\\**[ \\t]*`,
  "iu",
);
const observation = new RegExp(
  `${mark}(?:observation|观察|观察结果|工具返回|结果)(?:\\s?\\d+)?\\**\\s*[:：]`,
  "iu",
);
const ending = /^(?:finish|final[ _]?answer|none|no[ _]?action|无|完成|结束|不需要)/iu;

/**
 * ReAct: a line `Action: name` and a line `Action Input: {…}`, in English or Chinese; `Action: name[x]` and `name(x=1)` too.
 * What follows an observation was answered by nobody and is no part of it. Null where no line names an action.
 */
export function reactCalls(
  reply: string,
  known: ReadonlySet<string>,
  effort: Effort,
): readonly WrittenCall[] | null {
  const end = observation.exec(reply)?.index ?? reply.length;
  const parts = reply.slice(0, end).split(actionLine).slice(1);
  const calls = parts.flatMap((part) => {
    const call = callIn(part, known, effort);
    return call === null ? [] : [call];
  });
  return calls.length === 0 ? null : calls;
}

function callIn(part: string, known: ReadonlySet<string>, effort: Effort): WrittenCall | null {
  const split = inputLine.exec(part);
  const [first = ""] = part
    .slice(0, split?.index ?? part.length)
    .trim()
    .split("\n");
  const head = first.replaceAll(/^[`*"'“]+|[`*"'”。.]+$/g, "").trim();
  if (ending.test(head) && !known.has(head)) return null;
  if (split === null) return inlineCall(first.trim(), known, effort);
  const input = part
    .slice(split.index + split[0].length)
    .replaceAll(/^\s*```\w*\s*|\s*```[^`]*$/g, "");
  if (!/^\s*[{[]/.test(input)) {
    const [line = ""] = input.trim().split("\n");
    return withArguments(head, line.replaceAll(/^["'“]|["'”]$/g, ""));
  }
  const read = readLiteral(input, 0, effort);
  if (read === null) return { name: head, named: {}, positional: [], broken: true };
  return withArguments(head, read.value);
}

/** `name(x=1)`, `name[北京]`, or a tool that takes nothing. */
function inlineCall(head: string, known: ReadonlySet<string>, effort: Effort): WrittenCall | null {
  const bare = head.replaceAll(/^`|`$/g, "");
  if (known.has(bare)) return { name: bare, named: {}, positional: [] };
  const read = readLiteral(bare, 0, effort);
  if (read !== null && isCall(read.value)) return callOfExpression(read.value);
  const groups = /^([\p{L}_][\p{L}\p{N}_.-]*)\s*\[(.*)\]$/u.exec(bare);
  return groups === null ? null : withArguments(groups[1] ?? "", groups[2] ?? "");
}
