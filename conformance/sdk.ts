/** One call, the same for all: a rule, a question, and two params. */
export type Call = {
  readonly model: string;
  readonly system: string;
  readonly user: string;
  readonly max_tokens: number;
  readonly temperature: number;
};

/** What the SDK made of the answer. */
export type Heard = {
  readonly text: string;
  readonly input: number | null | undefined;
  readonly output: number | null | undefined;
};

/** A `Heard` while it is being heard. */
export type Hearing = { -readonly [Name in keyof Heard]: Heard[Name] };

/** A vendor's SDK as one calls it. `url` is the vendor's corner of the simulator, without a slash at its end. */
export type Sdk = {
  readonly name: string;
  /** The id of the vendor's file, whose adapter must send the same request. */
  readonly provider: string;
  readonly whole: (url: string, call: Call, key: string) => Promise<Heard>;
  readonly streamed: (url: string, call: Call, key: string) => Promise<Heard>;
  /** Where the SDK's path differs from that of the adapter, which takes it from the base URL. */
  readonly sdk_path?: (path: string) => string;
  /** An error in the middle of a stream is none to it: it ends the stream or hands the event on. */
  readonly deaf?: true;
  /** Tells no usage of a stream. */
  readonly tells_no_usage?: true;
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
/** What the adapter adds where a server counts thinking in the bound of the answer. */
export const addedBudget = 8192;

/** Joins a stream of chat completion chunks. */
export async function heardChunks(
  stream: AsyncIterable<{
    choices: readonly { delta?: { content?: unknown } }[];
    usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  }>,
): Promise<Heard> {
  let text = "";
  let usage: { prompt_tokens?: number; completion_tokens?: number } | null = null;
  for await (const chunk of stream) {
    const content = chunk.choices[0]?.delta?.content;
    text += typeof content === "string" ? content : "";
    usage = chunk.usage ?? usage;
  }
  return { text, input: usage?.prompt_tokens, output: usage?.completion_tokens };
}
