import type { Tool } from "../suite.ts";

/** A declared function with everything that vendors require. */
export type DeclaredFunction = {
  readonly name: string;
  readonly description?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** The function inside either form. */
export function functionOf(tool: Tool): DeclaredFunction {
  const {
    name,
    description,
    parameters = { type: "object", properties: {} },
  } = "function" in tool ? tool.function : tool;
  return { name, ...(description === undefined ? {} : { description }), parameters };
}
