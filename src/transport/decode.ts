import type { Transform } from "node:stream";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

/** Turns the bytes of an encoded response into those that were meant. */
export type Decoder = {
  /** `consumed` runs once all that the chunk holds has been emitted. */
  readonly push: (chunk: Buffer, consumed: () => void) => void;
  /** `done` runs once everything has been emitted. */
  readonly end: (done: () => void) => void;
  /** Emits nothing until `resume`. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Emits nothing more. */
  readonly destroy: () => void;
};

export type DecoderEvents = {
  readonly data: (chunk: Buffer) => void;
  readonly error: (error: Error) => void;
};

const none: readonly string[] = [];

/**
 * The encodings of a `content-encoding` header in the order in which they were applied, without `identity`. We ask for none, but
 * gateways pass on what their upstream sent them.
 */
export function encodingsOf(header: string | readonly string[] | undefined): readonly string[] {
  if (header === undefined) return none;
  const text = typeof header === "string" ? header : header.join(",");
  return text
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && name !== "identity" && name !== "none");
}

/**
 * Opens a decoder by the first bytes of the response, of which two are enough. Null if they are text already: some proxies
 * decode a response and leave the header. Throws if an encoding is not known.
 */
export function openDecoder(
  encodings: readonly string[],
  first: Buffer,
  events: DecoderEvents,
): Decoder | null {
  if (isText(first)) return null;
  const steps = encodings.toReversed().map((name, index) => {
    const step = openStep(name, index === 0 ? first : null);
    if (step === null) {
      throw new Error(
        `the answer has the content-encoding ${name.slice(0, 40)}, which is none of gzip, br, zstd and deflate`,
      );
    }
    return step;
  });
  const [head] = steps;
  const tail = steps.at(-1);
  if (head === undefined || tail === undefined) return null;
  steps.forEach((step, index) => {
    step.on("error", events.error);
    const next = steps[index + 1];
    if (next !== undefined) step.pipe(next);
  });
  tail.on("data", events.data);
  return {
    push: (chunk, consumed) => {
      head.write(chunk, () => consumed());
    },
    end: (done) => {
      tail.once("end", done);
      head.end();
    },
    pause: () => tail.pause(),
    resume: () => tail.resume(),
    destroy: () => {
      tail.removeListener("data", events.data);
      for (const step of steps) {
        // What it still complains about concerns nobody.
        step.on("error", () => undefined);
        step.destroy();
      }
    },
  };
}

/** A stream that breaks off gives what came; whether that is an answer is decided by its content. */
function openStep(name: string, first: Buffer | null): Transform | null {
  switch (name) {
    case "gzip":
    case "x-gzip":
      return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
    case "deflate": {
      const options = { finishFlush: constants.Z_SYNC_FLUSH };
      return first === null || isZlib(first) ? createInflate(options) : createInflateRaw(options);
    }
    case "br":
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case "zstd":
      return createZstdDecompress({ finishFlush: constants.ZSTD_e_flush });
    default:
      return null;
  }
}

/** `deflate` means the zlib format (RFC 9110 §8.4.1.2), but many servers send bare DEFLATE data. */
const isZlib = (first: Buffer): boolean =>
  ((first[0] ?? 0) & 0x0f) === 8 && ((first[0] ?? 0) * 256 + (first[1] ?? 0)) % 31 === 0;

/** The beginning of an event stream, of JSON or of a web page. Brotli has no magic number, so all of it must be text. */
const isText = (first: Buffer): boolean =>
  /^\s*(?:data|event|id|retry|:|\{\s*"|\[\s*[{\]"]|<[!?a-zA-Z])[\s\u0021-\u007e]*$/.test(
    first.toString("latin1", 0, 24).replaceAll(/[\u0080-\u00ff]/g, "a"),
  );
