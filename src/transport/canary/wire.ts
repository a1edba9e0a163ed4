/** What the canary and its vendor say to each other. */

/** When the vendor received a request and wrote its answer, in milliseconds of the machine's monotonic clock. */
export type CanaryStamps = {
  readonly received: number;
  readonly written: number;
  /** Requests that came before it on its connection. */
  readonly earlier: number;
};

/** Names the milliseconds that the vendor is to wait between the two. */
export const holdHeader = "x-hold-ms";

/** Ends a request, which has no body. */
export const headEnd = "\r\n\r\n";

/** The response to a request. */
export function stamped({ received, written, earlier }: CanaryStamps): string {
  const body = `${received} ${written} ${earlier}`;
  return `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}${headEnd}${body}`;
}

/** Reads a response's body; null if it is none of `stamped`. */
export function stampsIn(body: string): CanaryStamps | null {
  const [received = Number.NaN, written = Number.NaN, earlier = Number.NaN] = body
    .split(" ")
    .map(Number);
  return received > 0 && written >= received && earlier >= 0
    ? { received, written, earlier }
    : null;
}
