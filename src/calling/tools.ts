import type { Dropped } from "../domain/params.ts";
import type { DeclaredFunction } from "../domain/request/tool-function.ts";
import type { CallRequest } from "./protocol.ts";

import { functionOf } from "../domain/request/tool-function.ts";

/** The body member that carries the declared functions, or nothing if there are none. */
export function toolsAs<Shape>(
  { tools = [] }: Pick<CallRequest, "tools">,
  shape: (each: DeclaredFunction) => Shape,
): { readonly tools?: readonly Shape[] } {
  return tools.length === 0 ? {} : { tools: tools.map((tool) => shape(functionOf(tool))) };
}

/** In the envelope of OpenAI's chat completions, which most vendors have adopted. */
export const openaiTools = (call: Pick<CallRequest, "tools">) =>
  toolsAs(call, (each) => ({ type: "function", function: each }));

/** For a protocol whose tool format is unknown to us: records that tools were requested and not sent. */
export const unsentTools = ({ tools = [] }: Pick<CallRequest, "tools">): readonly Dropped[] =>
  tools.length === 0
    ? []
    : [
        {
          param: "tools",
          asked: tools.map((tool) => functionOf(tool).name),
          effective: null,
          reason: "not sent by this protocol",
        },
      ];
