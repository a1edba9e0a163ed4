import { z } from "zod";

import type { Tool } from "../domain/suite.ts";
import type { Chance, Environment, EnvironmentCall } from "./environment.ts";

import { type ArgumentShape, type Given, readArguments } from "./arguments.ts";

/** What every state holds beside the data of its own. */
export const backendShape = {
  /** Minutes since the conversation began. */
  clock: z.int(),
  /** How many times a tool is still to fail, by its name. */
  busy: z.record(z.string(), z.int()),
  forbidden: z.array(z.string()),
  breaches: z.array(z.string()),
};

/** The part of a state that `stepOf` keeps. */
export type Backend = {
  readonly clock: number;
  readonly busy: Readonly<Record<string, number>>;
  readonly forbidden: string[];
  readonly breaches: string[];
};

export type Stepped<State> = { readonly state: State; readonly result: object };

/** A tool with what it does. */
export type BackendTool<State> = {
  readonly declared: Extract<Tool, { readonly name: string }>;
  readonly run: (state: State, given: EnvironmentCall["arguments"]) => Stepped<State>;
};

/** Declares the tools of one backend: `tool(name, description, arguments, what it does)`. What is not optional is required. */
export const toolOf =
  <State>() =>
  <Shape extends ArgumentShape>(
    name: string,
    description: string,
    shape: Shape,
    work: (state: State, given: Given<Shape>) => Stepped<State>,
  ): BackendTool<State> => ({
    declared: {
      name,
      description,
      parameters: {
        type: "object",
        properties: Object.fromEntries(
          Object.entries(shape).map(([key, { schema }]) => [key, { ...schema }]),
        ),
        required: Object.entries(shape).flatMap(([key, { isOptional }]) =>
          isOptional === true ? [] : [key],
        ),
      },
    },
    run: (state, given) => {
      const read = readArguments(name, shape, given);
      return read.ok ? work(state, read.given) : refuse(state, read.fault);
    },
  });

/** Says why a call was not carried out, and what to do instead. */
export const refuse = <State>(state: State, error: string): Stepped<State> => ({
  state,
  result: { error },
});

/** Adds to what must not have happened, or to the broken rules. */
export const noted = <State extends Backend>(
  state: State,
  list: "forbidden" | "breaches",
  what: string,
): State => ({ ...state, [list]: [...state[list], what] });

const minutesPerCall = 2;

/**
 * The `step` of an environment with these tools. A call takes two minutes. A refused one changes nothing; one that fails
 * because the system is busy takes its time too, and works when it is made again.
 */
export const stepOf =
  <State extends Backend>(tools: readonly BackendTool<State>[]): Environment<State>["step"] =>
  (before, { name, arguments: given }) => {
    const tool = tools.find(({ declared }) => declared.name === name);
    if (tool === undefined) {
      const known = tools.map(({ declared }) => declared.name).join("、");
      return refuse(before, `没有名为 ${name} 的工具；可用的有 ${known}。`);
    }
    const { state: after, result } = tool.run(before, given);
    if ("error" in result) return { state: before, result };
    const clock = before.clock + minutesPerCall;
    const left = before.busy[name] ?? 0;
    if (left === 0) return { state: { ...after, clock }, result };
    const busy = { ...before.busy, [name]: left - 1 };
    return {
      state: { ...before, clock, busy },
      result: { error: "系统繁忙，请求超时，本次没有执行。请用同样的参数重试。" },
    };
  };

/** Failures for some of the tools that a plan needs: the first fails once, a second one twice. */
export function drawBusy(
  draw: Chance,
  plan: () => readonly EnvironmentCall[] | null,
  failures: number,
): Record<string, number> {
  if (failures === 0) return {};
  const names = [...new Set((plan() ?? []).map(({ name }) => name))];
  return Object.fromEntries(draw.sample(names, failures).map((name, at) => [name, at + 1]));
}
