import type { Outcome } from "../../domain/outcome.ts";
import type { Answer, Trouble } from "./exchange.ts";
import type { FrameKind, Meta, ServedProtocol } from "./protocol.ts";

/**
 * How a vendor departs from a protocol that many share. One file in `src/simulator/dialects/` that exports `dialect`;
 * the file's name is the id of the vendor's file. Requests to the path `/via/<vendor>/…` get it. Sources: the vendors'
 * documentation and SDKs that the vendor files name.
 */
export type Dialect = {
  readonly openai?: Partial<OpenAiDialect>;
  /** The vendor's own errors, whatever the protocol; missing parts come from the protocol. */
  readonly errors?: Partial<Record<Outcome, Words>>;
  /** The error body for the OpenAI protocol; default: OpenAI's own. */
  readonly error_body?: (facts: ErrorFacts) => unknown;
  /** Checks the credential, where the protocol's own check will not do. */
  readonly authorise?: ServedProtocol["authorise"];
};

/** `{message}` in a message is replaced by the simulator's own message. */
type Words = {
  /** 200 where the vendor sends errors with HTTP 200. */
  readonly status?: number;
  readonly code?: string;
  readonly type?: string;
  readonly message?: string;
};

type ErrorFacts = {
  readonly outcome: Outcome;
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  readonly request_id: string;
};

/** How a vendor's version of the OpenAI protocol differs from OpenAI's. */
export type OpenAiDialect = {
  /** The server requires no key. */
  readonly open?: boolean;
  /** The bare key may come in this header. */
  readonly key_header?: string;
  readonly reasoning: "reasoning_content" | "reasoning" | "parts";
  /** Where reasoning tokens are counted, and whether `completion_tokens` includes them. */
  readonly counts: "inside" | "outside" | "top" | "none";
  /** A stream's usage comes requested or not; `finish`: with the last choice; `x_groq`: in a member of that name. */
  readonly usage?: "always" | "finish" | "x_groq";
  /** A first chunk without choices carries the prompt's filter results. */
  readonly filter_chunk?: boolean;
  /** Comments before the first event. */
  readonly comments?: boolean;
  /** Chunks before the last have `usage: null` where usage was requested; the default. */
  readonly null_usage?: boolean;
  /** The vendor's finish reasons where they differ from OpenAI's. */
  readonly finish?: Partial<Record<Answer["finish"], string>>;
  /** Rewrites the JSON of one event of a stream. */
  readonly event?: (body: Readonly<Record<string, unknown>>, facts: EventFacts) => object;
  /** Rewrites the JSON of a whole answer. */
  readonly whole?: (body: Readonly<Record<string, unknown>>) => object;
  /** The prefix of an event's JSON; default `data: `. */
  readonly prefix?: string;
};

type EventFacts = {
  readonly kind: FrameKind;
  readonly answer: Answer;
  /** The answer's text up to and including this event. */
  readonly textSoFar: string;
};

/** The protocol as this vendor speaks it, with the vendor's own credential check and errors. */
export const withDialect = (
  protocol: ServedProtocol,
  { errors = {}, authorise }: Dialect,
): ServedProtocol => ({
  ...protocol,
  ...(authorise !== undefined && { authorise }),
  trouble: (trouble: Trouble, meta: Meta) => protocol.trouble(withWords(trouble, errors), meta),
  trouble_frame: (trouble: Trouble, meta: Meta) =>
    protocol.trouble_frame(withWords(trouble, errors), meta),
});

function withWords(trouble: Trouble, errors: NonNullable<Dialect["errors"]>): Trouble {
  const { message: template, ...words } = errors[trouble.outcome] ?? {};
  const message = template?.replaceAll("{message}", () => trouble.message) ?? trouble.message;
  return { ...words, ...trouble, message };
}
