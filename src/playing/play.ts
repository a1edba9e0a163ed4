import type { ToolCall, ToolResult } from "../domain/call.ts";
import type { Environment } from "./environment.ts";

import { isObject } from "../domain/json.ts";

/** What an environment answers to the calls of one reply, one after another, and the state after them. */
export function answerCalls<State>(
  environment: Environment<State>,
  state: State,
  calls: readonly ToolCall[],
): { readonly state: State; readonly results: readonly ToolResult[] } {
  let current = state;
  const results = calls.map((call): ToolResult => {
    const { state: next, result } = stepBy(environment, current, call);
    current = next;
    return { id: call.id, name: call.name, content: JSON.stringify(result) };
  });
  return { state: current, results };
}

/** The state after all calls of a conversation. */
export const stateAfter = <State>(
  environment: Environment<State>,
  start: State,
  calls: readonly (readonly ToolCall[])[],
): State => calls.reduce((state, each) => answerCalls(environment, state, each).state, start);

function stepBy<State>(
  environment: Environment<State>,
  state: State,
  call: ToolCall,
): { readonly state: State; readonly result: unknown } {
  const given = argumentsOf(call);
  if (given === null) return { state, result: { error: "参数不是合法的 JSON 对象，请重新调用。" } };
  if (!environment.tools.some((tool) => nameOf(tool) === call.name))
    return { state, result: { error: `没有名为 ${call.name} 的工具。` } };
  return environment.step(state, { name: call.name, arguments: given });
}

const nameOf = (tool: Environment["tools"][number]): string =>
  "function" in tool ? tool.function.name : tool.name;

function argumentsOf({ arguments: text }: ToolCall): Readonly<Record<string, unknown>> | null {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
