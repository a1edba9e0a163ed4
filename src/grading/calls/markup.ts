import type { Effort, Literal } from "./literal.ts";

import { readLiteral, wholeLiteral } from "./literal.ts";
import { callsOf, withArguments, type WrittenCall } from "./read-call.ts";

/**
 * Marks that chat templates put around calls, from the vendors' own: Hermes, Qwen and GLM (<tool_call>), MiniMax, Kimi,
 * DeepSeek, InternLM, Mistral, Llama (<|python_tag|>), Granite, and XML as Claude writes it.
 */
const wrappers: readonly (readonly [open: string, close: string])[] = [
  ["<tool_call>", "</tool_call>"],
  ["<tool_calls>", "</tool_calls>"],
  ["<function_call>", "</function_call>"],
  ["<function_calls>", "</function_calls>"],
  ["<minimax:tool_call>", "</minimax:tool_call>"],
  ["<|DSML|function_calls>", "</|DSML|function_calls>"],
  ["<|tool_call_begin|>", "<|tool_call_end|>"],
  ["<|plugin|>", "<|action_end|>"],
  ["<|tool_call|>", "<|/tool_call|>"],
  ["[TOOL_CALLS]", "</s>"],
  ["<|python_tag|>", "<|eom_id|>"],
  ["functools", "<|im_end|>"],
];

/** Calls between marks. `broken` where marks stand around something that is no call. */
export type MarkedCalls = { readonly calls: readonly WrittenCall[]; readonly broken: boolean };

/** The calls that stand between a chat template's marks; null where there are no marks. */
export function markedCalls(
  written: string,
  known: ReadonlySet<string>,
  effort: Effort,
): MarkedCalls | null {
  // DeepSeek writes its marks with full-width bars and a sign of its own for the blank.
  const text = written.replaceAll(
    /<(\/?)｜([^｜<>\n]{1,40})｜/g,
    (_, slash: string, name: string) => `<${slash}|${name.replaceAll("▁", "_")}|`,
  );
  const channelled = harmonyCalls(text);
  if (channelled !== null) return channelled;
  for (const [open, close] of wrappers) {
    if (open === "functools" ? !text.trimStart().startsWith("functools[") : !text.includes(open))
      continue;
    return joined(sections(text, open, close).map((body) => callsInBody(body, known, effort)));
  }
  if (/<function=[\w.-]+>/.test(text)) return callsInBody(text, known, effort);
  if (/<invoke name=/.test(text)) return callsInBody(text, known, effort);
  return text.includes("✿FUNCTION✿") ? qwenCalls(text) : null;
}

/** What follows each opening mark, up to the closing one, the next opening one or the end. */
function sections(text: string, open: string, close: string): readonly string[] {
  return text
    .split(open)
    .slice(1)
    .map((part) => {
      const end = part.indexOf(close);
      return end < 0 ? part : part.slice(0, end);
    });
}

const joined = (parts: readonly MarkedCalls[]): MarkedCalls => ({
  calls: parts.flatMap(({ calls }) => calls),
  broken: parts.some(({ broken }) => broken),
});

function callsInBody(body: string, known: ReadonlySet<string>, effort: Effort): MarkedCalls {
  if (/<function=[\w.-]+>/.test(body)) return functionTags(body);
  if (body.includes("<arg_key>")) return argumentPairs(body);
  if (/<(?:\|DSML\|)?invoke name=/.test(body)) return invocations(body);
  const named = namedBody(body);
  if (named !== null) return named;
  const bare = body.replaceAll(/^\s*```\w*\n?|```\s*$/g, "");
  const calls: WrittenCall[] = [];
  let at = 0;
  while (/[^\s,;]/.test(bare.slice(at, at + 200))) {
    const skipped = /^[\s,;]*/.exec(bare.slice(at, at + 200))?.[0].length ?? 0;
    const read = readLiteral(bare, at + skipped, effort);
    const own = read === null ? null : callsOf(read.value, known);
    if (read === null || own === null) {
      // Words after the calls are no part of them.
      return { calls, broken: calls.length === 0 };
    }
    calls.push(...own);
    at = read.end;
  }
  return { calls, broken: calls.length === 0 && bare.trim() !== "" && bare.trim() !== "[]" };
}

/** `name{…}`, `name[ARGS]{…}`, DeepSeek's `function<|tool_sep|>name` and Kimi's `functions.name:0<|…begin|>{…}`. */
function namedBody(body: string): MarkedCalls | null {
  const head =
    /^\s*(?:function\s*<\|tool_sep\|>)?\s*([\p{L}_][\p{L}\p{N}_.-]*)(:\d+)?\s*(?:<\|tool_sep\|>|<\|tool_call_argument_begin\|>|\[ARGS\]|\[CALL_ID\][\w-]*\[ARGS\]|(?=[\s`{]))/u.exec(
      body,
    );
  const [whole = "", name] = head ?? [];
  if (name === undefined) return null;
  const rest = body.slice(whole.length).replaceAll(/^\s*(?:```(?:json)?)?\s*|\s*(?:```)?\s*$/g, "");
  if (rest !== "" && !rest.startsWith("{")) return null;
  return { calls: [withArguments(name, rest)], broken: false };
}

/** Llama's `<function=name>{…}</function>`, and Qwen's with `<parameter=x>` inside. */
function functionTags(body: string): MarkedCalls {
  const calls = body
    .split("<function=")
    .slice(1)
    .map((part) => {
      const nameEnd = part.indexOf(">");
      const name = part.slice(0, Math.max(0, nameEnd)).trim();
      const close = part.indexOf("</function>");
      const inner = part.slice(nameEnd + 1, close < 0 ? part.length : close);
      if (!inner.includes("<parameter=")) return withArguments(name, inner.trim());
      const named = inner
        .split("<parameter=")
        .slice(1)
        .map((each) => {
          const end = each.indexOf(">");
          return [
            each.slice(0, Math.max(0, end)).trim(),
            upTo(each.slice(end + 1), "</parameter>"),
          ] as const;
        });
      return withTexts(name, named);
    });
  return { calls, broken: false };
}

/** GLM: the name, then `<arg_key>x</arg_key><arg_value>y</arg_value>`. */
function argumentPairs(body: string): MarkedCalls {
  const [head = "", ...pairs] = body.split("<arg_key>");
  const named = pairs.map((pair) => {
    const [key = "", rest = ""] = pair.split("</arg_key>");
    const [, value = ""] = rest.split("<arg_value>");
    return [key.trim(), upTo(value, "</arg_value>")] as const;
  });
  return { calls: [withTexts(head.trim(), named)], broken: false };
}

/** Claude, MiniMax and DeepSeek: `<invoke name="f"><parameter name="x">y</parameter></invoke>`. */
function invocations(body: string): MarkedCalls {
  const text = body.replaceAll("|DSML|", "");
  const calls = text
    .split(/<invoke name=["']?/)
    .slice(1)
    .map((part) => {
      const name = /^[^"'>\s]*/.exec(part)?.[0] ?? "";
      const named = upTo(part, "</invoke>")
        .split(/<parameter name=["']?/)
        .slice(1)
        .map((each) => {
          const key = /^[^"'>\s]*/.exec(each)?.[0] ?? "";
          return [key, upTo(each.slice(each.indexOf(">") + 1), "</parameter>")] as const;
        });
      return withTexts(name, named);
    });
  return { calls, broken: false };
}

const upTo = (text: string, close: string): string => {
  const end = text.indexOf(close);
  return end < 0 ? text : text.slice(0, end);
};

/** Values between tags have no quotes: lists, objects, numbers and words are JSON, all else is text. */
function withTexts(name: string, texts: readonly (readonly [string, string])[]): WrittenCall {
  const named = texts.map(([key, text]): readonly [string, Literal] => {
    const bare = text.trim();
    const value = /^[[{]/.test(bare) ? wholeLiteral(bare) : undefined;
    return [key, value ?? bare];
  });
  return { name, named: Object.fromEntries(named), positional: [] };
}

/** gpt-oss: `<|channel|>commentary to=functions.name <|constrain|>json<|message|>{…}<|call|>`. */
function harmonyCalls(text: string): MarkedCalls | null {
  if (!/<\|message\|>/.test(text)) return null;
  const calls = text
    .split(/\bto=(?=functions\.)/)
    .slice(1)
    .map((part) => {
      const name = /^[\p{L}\p{N}_.-]+/u.exec(part)?.[0] ?? "";
      const body = part.split("<|message|>")[1] ?? "";
      return withArguments(name, upTo(upTo(body, "<|call|>"), "<|end|>").trim());
    });
  return calls.length === 0 ? null : { calls, broken: false };
}

/** Qwen 2 without native tools: `✿FUNCTION✿: name`, `✿ARGS✿: {…}`. */
function qwenCalls(text: string): MarkedCalls {
  const calls = upTo(text, "✿RESULT✿")
    .split("✿FUNCTION✿")
    .slice(1)
    .map((part) => {
      const [head = "", rest = ""] = part.split("✿ARGS✿");
      const after = (each: string): string =>
        upTo(each, "✿")
          .replace(/^\s*[:：]/, "")
          .trim();
      return withArguments(after(head), after(rest));
    });
  return { calls, broken: false };
}
