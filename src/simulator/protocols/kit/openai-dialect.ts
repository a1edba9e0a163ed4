import type { Answer } from "../../ask.ts";
import type { Dialect } from "../../manner.ts";
import type { WireRequest } from "../../protocol.ts";
import { mannerOf } from "../../manners.ts";

const own: Dialect = { reasoning: "reasoning_content", counts: "inside" };

export const dialectOf = (vendor: string | null | undefined): Dialect => ({
  ...own,
  ...mannerOf(vendor).dialect,
});

/** The vendor in whose name the simulator is asked: `/via/<vendor>/…`. */
export const vendorIn = ({ path }: Pick<WireRequest, "path">): string | null =>
  /^\/via\/([^/]+)\//.exec(path)?.[1] ?? null;

export function dialectUsage({ usage }: Answer, { counts }: Dialect) {
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

/** A delta or a message that holds reasoning, or answer text, or both. */
export function dialectMessage(
  { reasoning: place }: Dialect,
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
