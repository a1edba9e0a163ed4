/** How much one response may bring before it is ended. Sizes of text are in UTF-16 code units. */
export type ResponseLimits = {
  /** Of the response's body, decompressed. */
  readonly bytes: number;
  readonly text: number;
  readonly reasoning: number;
  /** Of all tool calls together: names and arguments. */
  readonly tools: number;
  readonly events: number;
  /** Kept for one event, or for a body that is no stream. */
  readonly line: number;
  /** The token limit that was sent, and the configured one; for the message. */
  readonly max_tokens: number | null;
  readonly stated: number | null;
};

/** The code of a response that was ended for its length. */
export const tooLongCode = "too-long";

/** What has come so far. */
export type ResponseSize = Pick<
  ResponseLimits,
  "bytes" | "text" | "reasoning" | "tools" | "events" | "line"
>;

const ki = 1 << 10;
const mi = 1 << 20;

/**
 * A token seldom stands for more characters; runs of blanks do. The constants leave room for vendors that read
 * `max_tokens` generously, and for reasoning that it does not bound.
 */
const charactersPerToken = 32;
const extraText = 32 * ki;
const extraReasoning = mi;
/** Without a token limit. */
const unboundedCharacters = 4 * mi;
/** Envelopes, repeated counts and vendors that send the whole text so far with each event. */
const bytesPerCharacter = 256;
const extraBytes = 32 * mi;
const mostBytes = 256 * mi;
const extraEvents = 64 * ki;
const eventsPerToken = 8;
const unboundedEvents = mi;
const lineLength = 2 * mi;

/**
 * Limits of a response, from the token limit that was sent (null if none was) and the provider's `response_characters`,
 * which stands above it.
 */
export function responseLimits(max_tokens: number | null, stated: number | null): ResponseLimits {
  const derived = (extra: number): number =>
    max_tokens === null ? unboundedCharacters : extra + charactersPerToken * max_tokens;
  const text = stated ?? derived(extraText);
  const events = max_tokens === null ? unboundedEvents : extraEvents + eventsPerToken * max_tokens;
  return {
    bytes: Math.min(mostBytes, extraBytes + bytesPerCharacter * text),
    text,
    reasoning: stated ?? derived(extraReasoning),
    tools: text,
    events: Math.max(events, stated ?? 0),
    line: Math.max(lineLength, 8 * (stated ?? 0)),
    max_tokens,
    stated,
  };
}

/** Which limit the response is past and how much came, or null. */
export function excessOf(size: ResponseSize, limits: ResponseLimits): string | null {
  const kind = kinds.find((each) => size[each] > limits[each]);
  if (kind === undefined) return null;
  const allowed = `${limits[kind]} ${units[kind]} allowed (${basis(limits)})`;
  return `too long: ${size[kind]} ${units[kind]} came, ${allowed}; ${sums(size)} in all; the rest was not read and the text is cut`;
}

/** How many more bytes cannot bring any size past its limit: none of them grows by more than eight for a byte. */
export const harmlessBytes = (size: ResponseSize, limits: ResponseLimits): number =>
  Math.min(...kinds.map((kind) => limits[kind] - size[kind])) / mostPerByte;

const mostPerByte = 8;

const kinds = ["text", "reasoning", "tools", "events", "line", "bytes"] as const;

const units: Readonly<Record<(typeof kinds)[number], string>> = {
  text: "characters of answer",
  reasoning: "characters of reasoning",
  tools: "characters of tool calls",
  events: "events",
  line: "characters without an end of line or event",
  bytes: "bytes",
};

const basis = ({ stated, max_tokens }: ResponseLimits): string =>
  stated !== null
    ? "limits.response_characters"
    : max_tokens === null
      ? "no max_tokens was sent"
      : `max_tokens ${max_tokens}`;

const sums = ({ bytes, events, text, reasoning }: ResponseSize): string =>
  `${bytes} bytes, ${events} events, ${text + reasoning} characters`;

/** The first `length` code units of a text, without half a character at the end. */
export function cutTo(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
