import type { Answer } from "../../ask.ts";
import type { WireRequest } from "../../protocol.ts";

/** How a vendor's rendering of the OpenAI protocol differs from OpenAI's own. */
export type Dialect = {
  /** The server asks for no key. */
  readonly open?: boolean;
  /** The key may come alone in this header. */
  readonly key_header?: string;
  readonly reasoning: "reasoning_content" | "reasoning" | "parts";
  /** Where the reasoning is counted, and whether `completion_tokens` includes it. */
  readonly counts: "inside" | "outside" | "top" | "none";
  /** Usage of a stream comes whether it was asked for or not; `x_groq`: in a member of that name. */
  readonly usage?: "always" | "x_groq";
  /** A first chunk without choices tells of the prompt's filter. */
  readonly filter_chunk?: boolean;
  /** Comments before the first event. */
  readonly comments?: boolean;
  /** Chunks before the last say `usage: null` where usage was asked for; the default. */
  readonly null_usage?: boolean;
  /** Errors without the envelope, or with the HTTP status for a code. */
  readonly error_shape?: "top" | "number";
};

const own: Dialect = { reasoning: "reasoning_content", counts: "inside" };
const azure: Dialect = { ...own, key_header: "api-key", filter_chunk: true };

/** By the id of the vendor's file. Sources: the vendors' documents and SDKs that those files name. */
const dialects: Readonly<Record<string, Dialect>> = {
  "azure-openai": azure,
  "azure-openai-classic": azure,
  groq: { reasoning: "reasoning", counts: "inside", usage: "x_groq" },
  "llama-cpp": { reasoning: "reasoning_content", counts: "none", open: true },
  mistral: { reasoning: "parts", counts: "none", usage: "always", error_shape: "top" },
  openrouter: {
    reasoning: "reasoning",
    counts: "inside",
    comments: true,
    null_usage: false,
    error_shape: "number",
  },
  sglang: { reasoning: "reasoning_content", counts: "top", open: true, error_shape: "top" },
  together: { reasoning: "reasoning", counts: "inside" },
  vllm: { reasoning: "reasoning", counts: "inside", open: true },
  xai: { reasoning: "reasoning_content", counts: "outside" },
};

export const dialectOf = (vendor: string | null | undefined): Dialect =>
  dialects[vendor ?? ""] ?? own;

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
