import type { Socket } from "node:net";

/** `100 Continue` in both versions of HTTP/1, up to the end of its header. */
const interim = /^HTTP\/1\.[01] 100[ \r\n][^]*?\r?\n\r?\n/;
const beginning = "HTTP/1.1 100";
/** More than that is no interim response. */
const mostBytes = 8_192;

/** Sockets on which a request was sent and nothing of its response has been read. */
const expecting = new WeakSet<object>();

/** A request has been sent on the socket. */
export const expectResponse = (socket: object): void => void expecting.add(socket);

/**
 * Takes `100 Continue` out of what is read from a socket. Nobody asked for it, but some gateways send it, and undici takes
 * it for a broken response. Only the beginning of a response is looked at.
 */
export function skipContinue(socket: Socket): void {
  const read = socket.read.bind(socket);
  let held: Buffer | null = null;
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = read(size);
      if (!Buffer.isBuffer(chunk) || !expecting.has(socket)) return chunk;
      const bytes: Buffer = held === null ? chunk : Buffer.concat([held, chunk]);
      const rest = withoutInterim(bytes);
      // The bytes may lie in a buffer that is read into again.
      held = rest === null ? Buffer.from(bytes) : null;
      if (rest === null || rest.length === 0) continue;
      expecting.delete(socket);
      return rest;
    }
  };
}

/** The first digit of a status, in ASCII, and where it stands. */
const interimDigit = 0x31;
const statusAt = 9;

/** What follows the interim responses at the beginning; null if one has begun and not ended. */
function withoutInterim(bytes: Buffer): Buffer | null {
  if (bytes.length > statusAt && bytes[statusAt] !== interimDigit) return bytes;
  let rest = bytes;
  for (;;) {
    const text = rest.toString("latin1", 0, mostBytes);
    const found = interim.exec(text)?.[0].length;
    if (found !== undefined) rest = rest.subarray(found);
    else return isBegun(text) && rest.length < mostBytes ? null : rest;
  }
}

/** A response of another kind differs within the first bytes, so it is never held back for long. */
function isBegun(text: string): boolean {
  const head = text.slice(0, beginning.length).replace("HTTP/1.0", "HTTP/1.1");
  return text !== "" && (head === beginning || beginning.startsWith(head));
}
