import type { Headers, Receiver } from "../../transport/http.ts";
import type { Codec, Guard, StreamParser } from "./codec.ts";
import type { ReplyDraft, VendorError } from "./draft.ts";
import type { RepeatedChunks } from "./repeated-chunk.ts";

import { parsePrefix } from "../../text/json-prefix.ts";
import { knownOutcome } from "../errors/known-errors.ts";
import { foreignError } from "../errors/openai-error.ts";
import { isGood } from "../failure.ts";
import {
  excessOf,
  harmlessBytes,
  tooLongCode,
  type ResponseLimits,
  type ResponseSize,
} from "../limits/response-limits.ts";
import { firstVisible, isBlank } from "./blanks.ts";
import { createDraft, type TimedDraft } from "./timed-draft.ts";

/** Everything that came back for one request. */
export type Result = {
  readonly status: number | null;
  readonly headers: Headers;
  readonly draft: ReplyDraft;
  readonly timed: TimedDraft;
  /** The body, if it was not a stream. */
  readonly body: string | null;
  /** What the codec threw before the reply was complete, if it did. */
  readonly fault: string | null;
};

/**
 * How long an exchange goes on after the reply has said its end, for the server to end it: what may still follow are
 * counts after a finish word. Servers that never close would else cost an idle deadline and the answer with it.
 */
const graceMs = { end: 300, finish: 2_000 };

/**
 * Reads a response in whatever form it comes: the protocol's stream, one JSON body, or a web page. The form is
 * recognised by the status and the first visible character, because content types cannot be trusted.
 */
export const createReader = (codec: Codec, limits: ResponseLimits): Reader =>
  new Reader(codec, limits);

/**
 * What reading needs is made when the response begins and let go of when it has ended: made with the request, it would survive
 * two collections of the young generation while nothing comes, and kept in it two more.
 */
class Reader implements Required<Receiver> {
  readonly #codec: Codec;
  readonly #limits: ResponseLimits;
  #reading: Reading | null = null;

  constructor(codec: Codec, limits: ResponseLimits) {
    this.#codec = codec;
    this.#limits = limits;
  }

  #open(): Reading {
    return (this.#reading ??= new Reading(this.#codec, this.#limits));
  }

  head(status: number, headers: Headers): void {
    this.#open().head(status, headers);
  }

  data(chunk: Buffer, at_ms: number): boolean {
    return this.#open().data(chunk, at_ms);
  }

  over(): boolean {
    return this.#reading?.over() ?? false;
  }

  enough(): ReturnType<Reading["enough"]> {
    return this.#reading?.enough() ?? null;
  }

  settled(at_ms: number): boolean {
    return this.#reading?.settled(at_ms) ?? false;
  }

  /** To be called once, at the end. */
  finish(): Result {
    const result = this.#open().finish();
    this.#reading = null;
    return result;
  }
}

class Reading {
  readonly #codec: Codec;
  readonly #limits: ResponseLimits;
  readonly #timed: TimedDraft;
  readonly #draft: ReplyDraft;
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  readonly #pieces: string[] = [];
  #status: number | null = null;
  #headers: Headers = {};
  #stream: StreamParser | null = null;
  /** Of the stream. */
  #chunks: RepeatedChunks | null = null;
  #isBody = false;
  #length = 0;
  #arrived_ms = 0;
  #fault: string | null = null;
  /** What came before the first event. */
  #opening = "";
  #events = 0;
  #bytes = 0;
  /** Up to so many, nothing can be too long. */
  #harmless = 0;
  /** A body that is one whole JSON value needs no end of the connection. Tried once for each pause of the server. */
  #triedLength = 0;

  constructor(codec: Codec, limits: ResponseLimits) {
    this.#codec = codec;
    this.#limits = limits;
    this.#timed = createDraft(limits);
    this.#draft = this.#timed.draft;
  }

  head(status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  data(chunk: Buffer, at_ms: number): boolean {
    this.#bytes += chunk.length;
    if (this.#chunks !== null && this.#chunks.keep(chunk, at_ms)) {
      this.#events += 1;
      this.#arrived_ms = at_ms;
      return true;
    }
    this.#timed.at(at_ms);
    if (this.#stream === null && !this.#isBody) this.#sniff(chunk);
    if (this.#stream !== null) {
      this.#arrived_ms = at_ms;
      try {
        this.#stream.push(chunk, at_ms);
      } catch (error) {
        this.#note(error);
      }
      if (this.#events === 0 && this.#opening.length < mostOpening)
        this.#opening += chunk.toString("utf8");
      return this.#timed.progressed();
    }
    const isProgress = this.#isBody && !isBlank(chunk);
    if (isProgress) this.#arrived_ms = at_ms;
    this.#length += chunk.length;
    this.#decoder ??= new TextDecoder("utf-8");
    this.#pieces.push(this.#decoder.decode(chunk, { stream: true }));
    return isProgress;
  }

  over(): boolean {
    return this.#draft.done;
  }

  enough(): { readonly code: string; readonly message: string } | null {
    if (this.#bytes > this.#harmless) {
      this.#stream?.settle?.();
      const size = this.#size();
      const message = excessOf(size, this.#limits);
      if (message !== null) return { code: tooLongCode, message };
      this.#harmless = this.#bytes + harmlessBytes(size, this.#limits);
    }
    return this.#stream?.broken?.() === true
      ? { code: "broken", message: this.#fault ?? "" }
      : null;
  }

  settled(at_ms: number): boolean {
    const isQuiet = at_ms - this.#arrived_ms > graceMs.end;
    if (this.#isBody) return isQuiet && this.#isWholeBody();
    if (isQuiet) this.#stream?.rest?.();
    const end = this.#timed.end();
    return end !== null && at_ms - (this.#timed.told_ms() ?? at_ms) > graceMs[end];
  }

  finish(): Result {
    if (this.#stream !== null) this.#guard(endOf, this.#stream);
    if (this.#stream !== null && this.#events === 1)
      this.#draft.error ??= sentenceIn(this.#opening);
    const body = this.#isBody ? this.#pieces.join("") + (this.#decoder?.decode() ?? "") : null;
    if (this.#isBody) this.#timed.at(this.#arrived_ms);
    if (body !== null) this.#readBody(body);
    return {
      status: this.#status,
      headers: this.#headers,
      draft: this.#draft,
      timed: this.#timed,
      body,
      fault: this.#fault,
    };
  }

  #note(error: unknown): void {
    if (this.#timed.end() !== null && !this.#draft.isSilent()) return;
    this.#fault ??= error instanceof Error ? error.message : String(error);
  }

  readonly #guard: Guard = (action, ...given) => {
    this.#events += 1;
    try {
      action(...given);
    } catch (error) {
      this.#note(error);
    }
  };

  #sniff(chunk: Buffer): void {
    const first = firstVisible(chunk);
    if (first === undefined) return;
    const isJson = first === "{" || first === "[";
    this.#isBody =
      !isGood(this.#status) || first === "<" || (isJson && this.#codec.json_lines !== true);
    if (this.#isBody) return;
    this.#stream = this.#codec.stream(this.#draft, this.#guard);
    this.#chunks = this.#stream.chunks ?? null;
  }

  #isWholeBody(): boolean {
    if (this.#length === this.#triedLength) return false;
    this.#triedLength = this.#length;
    try {
      parsePrefix(this.#pieces.join(""));
      return true;
    } catch {
      return false;
    }
  }

  #readBody(body: string): void {
    const first = body.trimStart()[0];
    if (first === "{" || first === "[") {
      const mayAnswer = isGood(this.#status);
      this.#guard(() =>
        readJson(this.#codec, parsePrefix(body), this.#headers, this.#draft, mayAnswer),
      );
    } else if (/^(?:data|event|id|:)/m.test(body)) {
      // An error status whose body is an event.
      const events = this.#codec.stream(this.#draft, this.#guard);
      events.push(new TextEncoder().encode(body), this.#arrived_ms);
      events.end();
    }
  }

  #size(): ResponseSize {
    return {
      ...this.#timed.size(),
      bytes: this.#bytes,
      events: this.#events,
      line: this.#stream === null ? this.#length : this.#stream.held(),
    };
  }
}

const endOf = (stream: StreamParser): void => stream.end();

const mostOpening = 500;

/** Some gateways put an error as plain words into HTTP 200. */
function sentenceIn(opening: string): VendorError | null {
  const message = opening.trim().slice(0, mostOpening);
  const isKnown = knownOutcome({ codes: [], text: message, status: 200 }) !== null;
  return isKnown ? { code: null, message, body: message } : null;
}

function readJson(
  codec: Codec,
  json: unknown,
  headers: Headers,
  draft: ReplyDraft,
  mayAnswer: boolean,
): void {
  // Whatever stands in front of a vendor has an envelope of its own.
  const error = codec.error(json, headers) ?? (mayAnswer ? null : foreignError(json));
  if (error !== null) {
    draft.error = error;
  } else if (mayAnswer) {
    codec.body(json, draft);
    draft.done = true;
  }
}
