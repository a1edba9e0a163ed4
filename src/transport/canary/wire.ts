/** What the canary and its vendor say to each other. */

/** One line of an answer. Milliseconds of the machine's monotonic clock. */
export type CanaryStamp = {
  /** When the vendor received the request. */
  readonly received: number;
  /** When it wrote this line. */
  readonly written: number;
  /** Requests that came before on the same connection. */
  readonly earlier: number;
};

/** Ends a request, which has no body. */
export const headEnd = "\r\n\r\n";

/** Names the milliseconds that the vendor is to wait before each line, separated by commas. */
export const waitsHeader = "x-waits-ms";
const waitsPattern = new RegExp(`${waitsHeader}: *([\\d,]+)`, "i");

/** The waits that a request names. */
export const waitsIn = (request: string): readonly number[] =>
  (waitsPattern.exec(request)?.[1] ?? "").split(",").map(Number);

export const responseHead = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked${headEnd}`;

/** A line as a chunk of the response; the last one ends it. */
export function chunkOf({ received, written, earlier }: CanaryStamp, isLast: boolean): string {
  const line = `${received} ${written} ${earlier}\n`;
  return `${line.length.toString(16)}\r\n${line}\r\n${isLast ? "0\r\n\r\n" : ""}`;
}

/** Reads a line; null if it is none. */
export function stampIn(line: string): CanaryStamp | null {
  const [received = Number.NaN, written = Number.NaN, earlier = Number.NaN] = line
    .split(" ")
    .map(Number);
  return received > 0 && written >= received && earlier >= 0
    ? { received, written, earlier }
    : null;
}

const clockTries = 20;

/**
 * What to add to this thread's `performance.now()` for the machine's monotonic clock, which all threads share. A thread
 * may be interrupted between two readings, so the closest of several is taken.
 */
export function clockOffset(): number {
  let closest = { apart: Number.POSITIVE_INFINITY, offset: 0 };
  for (let attempt = 0; attempt < clockTries; attempt += 1) {
    const before = performance.now();
    const shared = Number(process.hrtime.bigint()) / 1e6;
    const after = performance.now();
    const apart = after - before;
    if (apart < closest.apart) closest = { apart, offset: shared - (before + after) / 2 };
  }
  return closest.offset;
}
