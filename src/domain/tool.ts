import { z } from "zod";

const ToolFunction = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1).optional(),
  parameters: z
    .record(z.string(), z.json())
    .optional()
    .describe("JSON Schema of the arguments; without it the function takes none"),
});

/** A function that the model may call, as declared in the suite: bare, or in OpenAI's envelope. */
export const Tool = z.union([
  ToolFunction,
  z.strictObject({ type: z.literal("function"), function: ToolFunction }),
]);
export type Tool = z.infer<typeof Tool>;

/** A declared function with everything that vendors require. */
export type DeclaredFunction = {
  readonly name: string;
  readonly description?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
};

const noArguments = { type: "object", properties: {} } as const;

/** The function inside either form. */
export function functionOf(tool: Tool): DeclaredFunction {
  const { name, description, parameters = noArguments } = "function" in tool ? tool.function : tool;
  return { name, ...(description === undefined ? {} : { description }), parameters };
}
