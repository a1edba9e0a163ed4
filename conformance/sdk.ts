/** One call, the same for all SDKs: a system prompt, a question, and two params. */
export type Call = {
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly max_tokens: number;
  readonly temperature: number;
};

/** The answer as the SDK returned it. */
export type SdkAnswer = {
  readonly text: string;
  readonly input: number | null | undefined;
  readonly output: number | null | undefined;
};

/** An `SdkAnswer` under construction. */
export type AnswerDraft = { -readonly [Name in keyof SdkAnswer]: SdkAnswer[Name] };

/** A uniform interface to a vendor's SDK. `url` is the vendor's base path on the simulator, without a trailing slash. */
export type Sdk = {
  readonly name: string;
  /** The id of the vendor's file, whose adapter must send the same request. */
  readonly provider: string;
  readonly whole: (url: string, call: Call, key: string) => Promise<SdkAnswer>;
  readonly streamed: (url: string, call: Call, key: string) => Promise<SdkAnswer>;
  /** The SDK's path where it differs from the adapter's, which comes from the base URL. */
  readonly sdk_path?: (path: string) => string;
  /** Misses an error in the middle of a stream: ends it or passes the event on. */
  readonly misses_stream_errors?: true;
  /** Reports no usage for a stream. */
  readonly no_stream_usage?: true;
  /** Members of the SDK's body that the adapter does not send, and why. */
  readonly only_sdk?: Readonly<Record<string, string>>;
  /** Members of the adapter's body that the SDK does not send, and why. */
  readonly only_ours?: Readonly<Record<string, string>>;
};

export const talk = ({ system, user }: Call) => [
  { role: "system" as const, content: system },
  { role: "user" as const, content: user },
];
export const once = { maxRetries: 0 };
/** Tokens that the adapter adds where a server counts thinking towards the answer's limit. */
export const addedBudget = 8192;

/** Joins the chunks of a chat completion stream. */
export async function joinChunks(
  stream: AsyncIterable<{
    choices: readonly { delta?: { content?: unknown } }[];
    usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  }>,
): Promise<SdkAnswer> {
  let text = "";
  let usage: { prompt_tokens?: number; completion_tokens?: number } | null = null;
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta?.content;
    text += typeof content === "string" ? content : "";
    usage = chunk.usage ?? usage;
  }
  return { text, input: usage?.prompt_tokens, output: usage?.completion_tokens };
}
