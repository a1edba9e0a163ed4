import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "./exchange.ts";
import type { FrameKind, Meta, ServedProtocol } from "./protocol.ts";

/**
 * What is a vendor's own where many share a protocol. One file in `src/simulator/dialects/` that exports `manner`;
 * the file's name is the id of the vendor's file. It is asked for by the path `/via/<vendor>/…`. Sources: the
 * vendors' documents and SDKs that those files name.
 */
export type Dialect = {
  readonly openai?: Partial<OpenAiDialect>;
  /** The vendor's words for a refusal, whatever the protocol; what is missing is said as the protocol says it. */
  readonly errors?: Partial<Record<Outcome, Words>>;
  /** The body that holds them, for the OpenAI protocol; default OpenAI's own. */
  readonly error_body?: (told: ErrorFacts) => unknown;
  /** Checks the credential, where the protocol's own check will not do. */
  readonly authorise?: ServedProtocol["authorise"];
};

/** `{message}` in a message stands for the simulator's own. */
type Words = {
  /** 200 where the vendor hides its errors so. */
  readonly status?: number;
  readonly code?: string;
  readonly type?: string;
  readonly message?: string;
};

export type ErrorFacts = {
  readonly outcome: Outcome;
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  readonly request_id: string;
};

/** How a vendor's rendering of the OpenAI protocol differs from OpenAI's own. */
export type OpenAiDialect = {
  /** The server asks for no key. */
  readonly open?: boolean;
  /** The key may come alone in this header. */
  readonly key_header?: string;
  readonly reasoning: "reasoning_content" | "reasoning" | "parts";
  /** Where the reasoning is counted, and whether `completion_tokens` includes it. */
  readonly counts: "inside" | "outside" | "top" | "none";
  /** Usage of a stream comes whether it was asked for or not; `finish`: with the last choice; `x_groq`: in a member of that name. */
  readonly usage?: "always" | "finish" | "x_groq";
  /** A first chunk without choices tells of the prompt's filter. */
  readonly filter_chunk?: boolean;
  /** Comments before the first event. */
  readonly comments?: boolean;
  /** Chunks before the last say `usage: null` where usage was asked for; the default. */
  readonly null_usage?: boolean;
  /** Its names of the ends, over OpenAI's. */
  readonly finish?: Partial<Record<Answer["finish"], string>>;
  /** Rewrites the JSON of one event of a stream. */
  readonly event?: (body: Readonly<Record<string, unknown>>, told: EventFacts) => object;
  /** Rewrites the JSON of a whole answer. */
  readonly whole?: (body: Readonly<Record<string, unknown>>) => object;
  /** What stands before the JSON of an event; default `data: `. */
  readonly prefix?: string;
};

type EventFacts = {
  readonly kind: FrameKind;
  readonly answer: Answer;
  /** All text of the answer up to and with this event. */
  readonly said: string;
};

/** The protocol as this vendor speaks it: its refusals come in the vendor's own words. */
export const spokenBy = (
  protocol: ServedProtocol,
  { errors = {}, authorise }: Dialect,
): ServedProtocol => ({
  ...protocol,
  ...(authorise !== undefined && { authorise }),
  trouble: (trouble: Trouble, meta: Meta) => protocol.trouble(worded(trouble, errors), meta),
  trouble_frame: (trouble: Trouble, meta: Meta) =>
    protocol.trouble_frame(worded(trouble, errors), meta),
});

function worded(trouble: Trouble, errors: NonNullable<Dialect["errors"]>): Trouble {
  const { message, ...words } = errors[trouble.outcome] ?? {};
  const said = message?.replaceAll("{message}", () => trouble.message) ?? trouble.message;
  return { ...words, ...trouble, message: said };
}
