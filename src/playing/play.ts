import type { ToolCall, ToolResult } from "../domain/call.ts";
import type { Environment, EnvironmentCall } from "./environment.ts";

import { isObject } from "../domain/json.ts";
import { saidToUser } from "./environment.ts";

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
    return { id: call.id, name: call.name, content: textOf(result) };
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
  return takeStep(environment, state, { name: call.name, arguments: given });
}

/** The state after a call of a tool, or after words to the user, and what comes back. */
export function takeStep<State>(
  environment: Pick<Environment<State>, "tools" | "step" | "user">,
  state: State,
  call: EnvironmentCall,
): { readonly state: State; readonly result: unknown } {
  const isTool = environment.tools.some((tool) => nameOf(tool) === call.name);
  const said = isTool ? null : saidToUser(call);
  const answer = said === null ? null : (environment.user?.(state, said) ?? null);
  if (answer !== null) return { state: answer.state, result: answer.says };
  return isTool
    ? environment.step(state, call)
    : { state, result: { error: `没有名为 ${call.name} 的工具。` } };
}

const textOf = (result: unknown): string =>
  typeof result === "string" ? result : JSON.stringify(result);

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
