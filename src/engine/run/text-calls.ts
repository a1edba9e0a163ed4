import type { ChatMessage, ToolCall, ToolResult } from "../../domain/call.ts";
import type { Tool } from "../../domain/suite.ts";

import { functionOf } from "../../domain/request/tool-function.ts";
import { type CallForm, readCalls } from "../../grading/calls/read.ts";
import { resolveCalls } from "../../grading/calls/resolve.ts";

/** Calls that a reply writes in its text, with what form they have; none for a reply that calls no tool of the item. */
export function textCalls(
  text: string,
  tools: readonly Tool[],
): { readonly form: CallForm; readonly calls: readonly ToolCall[] } {
  const functions = new Map(tools.map(functionOf).map((each) => [each.name, each]));
  const { form, calls } = readCalls(text, [], new Set(functions.keys()));
  const made = resolveCalls(calls, functions);
  return {
    form,
    calls: made.map(({ name, arguments: given, broken }) => ({
      id: null,
      name,
      // What cannot be read is told to the model as such.
      arguments: broken === true ? "{" : JSON.stringify(given),
    })),
  };
}

/** What the calls gave, in the form in which the model expects it. */
export const resultsText = (form: CallForm, results: readonly ToolResult[]): string =>
  results
    .map(({ content }) =>
      form === "react"
        ? `Observation: ${content}`
        : `<tool_response>\n${content}\n</tool_response>`,
    )
    .join("\n");

/** Messages that describe the tools to a model that takes none, in the form in which Qwen and Hermes learn them. */
export function describingTools(
  messages: readonly ChatMessage[],
  tools: readonly Tool[],
): readonly ChatMessage[] {
  if (tools.length === 0) return messages;
  const text = [
    "你可以调用下面的工具，每行一个：",
    "<tools>",
    ...tools.map((tool) => JSON.stringify({ type: "function", function: functionOf(tool) })),
    "</tools>",
    "要调用时，每次调用写一段：",
    "<tool_call>",
    '{"name": "工具名", "arguments": {"参数名": "值"}}',
    "</tool_call>",
    "写完就停下，等待 <tool_response> 里的结果。不需要调用时，直接回答。",
  ].join("\n");
  const [first, ...rest] = messages;
  return first?.role === "system"
    ? [{ ...first, text: `${first.text}\n\n${text}` }, ...rest]
    : [{ role: "system", text }, ...messages];
}
