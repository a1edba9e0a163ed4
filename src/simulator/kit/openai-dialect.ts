import type { OpenAiDialect } from "./dialect.ts";
import type { Answer } from "./exchange.ts";
import type { ReceivedHttp } from "./protocol.ts";

import { dialectOf } from "./dialects.ts";

const own: OpenAiDialect = { reasoning: "reasoning_content", counts: "inside" };

export const openAiDialectOf = (vendor: string | null | undefined): OpenAiDialect => ({
  ...own,
  ...dialectOf(vendor).openai,
});

/** The vendor named in the path: `/via/<vendor>/…`. */
export const vendorIn = ({ path }: Pick<ReceivedHttp, "path">): string | null =>
  /^\/via\/([^/]+)\//.exec(path)?.[1] ?? null;

export function dialectUsage({ usage }: Answer, { counts }: OpenAiDialect) {
  const output = counts === "outside" ? usage.output - usage.reasoning : usage.output;
  const reasoning = { reasoning_tokens: usage.reasoning };
  return {
    prompt_tokens: usage.input,
    completion_tokens: output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cached_input },
    ...(counts === "top" && reasoning),
    ...((counts === "inside" || counts === "outside") && { completion_tokens_details: reasoning }),
  };
}

/** A delta or a message with reasoning, answer text, or both. */
export function dialectMessage(
  { reasoning: place }: OpenAiDialect,
  reasoning: string | null,
  text: string | null,
): object {
  if (place !== "parts" || reasoning === null || reasoning === "") {
    const thought = place === "parts" ? "reasoning_content" : place;
    return { content: text, ...(reasoning === null ? {} : { [thought]: reasoning }) };
  }
  const thinking = { type: "thinking", thinking: [{ type: "text", text: reasoning }] };
  return { content: [thinking, ...(text === null ? [] : [{ type: "text", text }])] };
}
