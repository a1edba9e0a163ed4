import type { OnReadOpts, Socket } from "node:net";

import { dataFrom, isLineEnd, sizeAt } from "./chunk-sizes.ts";

/** As much as Node reads at once. */
const mostBytes = 1 << 16;

/** Takes the body of a response past the parser. */
export type BodySink = {
  /** A piece of it, read at `at` of `performance.now()`; false if it takes no more for now. The bytes are good only until it returns. */
  readonly take: (piece: Buffer, at: number) => boolean;
};

/** What a socket has read and nobody has taken, and how it is read. */
export type SocketReads = {
  /** Lies in the buffer that all sockets share, until the read has been told of. */
  now: Buffer | null;
  /** Copies of what came before or was put back. */
  held: Buffer | null;
  telling: boolean;
  /** Of headers undici keeps the bytes until it has read all of them. */
  isHead: boolean;
  /** Of `performance.now()`: when that was read which is being told of. */
  at: number;
  /** Null between responses. */
  body: BodySink | null;
  /** Where in its memory that ended which the parser last passed on of this read, or -1. */
  passedTo: number;
  /** The parser waits for the size of the body's next chunk, and for nothing else. */
  isBetween: boolean;
};

const none = (): SocketReads => ({
  now: null,
  held: null,
  telling: false,
  isHead: true,
  at: 0,
  body: null,
  passedTo: -1,
  isBetween: false,
});

const reads = Symbol("reads");
type DirectSocket = Socket & { [reads]?: SocketReads };

const shared = Buffer.allocUnsafeSlow(mostBytes);

/** Parts of it by where they begin and end: reads of few bytes are the most, and many have as many. */
const views: (Buffer[] | undefined)[] = [];
const longestView = 2_048;
/** Where data begins after a size of two to four digits. */
const lastStart = 6;

function partOf(start: number, end: number): Buffer {
  if (start > lastStart || end > longestView) return shared.subarray(start, end);
  const known = (views[start] ??= []);
  return (known[end] ??= shared.subarray(start, end));
}

/**
 * Option of `net.connect`: what a socket reads goes to whoever waits for `readable` before the next socket is read. Node would
 * make a buffer for each read, keep it in the stream's queue and tell of it in a later tick, which takes as long as parsing it
 * does. `takeDirectReads` has to be called when the socket is connected, and the bytes are good only until `read` is called again.
 */
export const directReads: OnReadOpts = { buffer: shared, callback: tell };

/** False where reading is to stop until somebody calls `read`. Node calls it as a method of the socket. */
function tell(this: unknown, length: number): boolean {
  const socket = this as DirectSocket;
  const own = (socket[reads] ??= none());
  own.at = performance.now();
  const from = own.isBetween ? passChunks(own, length) : 0;
  if (from < length) tellParser(socket, own, partOf(from, length));
  return own.held === null;
}

function tellParser(socket: DirectSocket, own: SocketReads, bytes: Buffer): void {
  const given = own.isHead ? Buffer.from(bytes) : bytes;
  own.now = given;
  own.passedTo = -1;
  own.telling = true;
  socket.emit("readable");
  own.telling = false;
  if (own.now !== null) {
    own.held = joined(own.held, own.now);
    own.now = null;
  }
  own.isBetween = own.body !== null && own.held === null && isAfterChunk(own, given);
}

/**
 * The parser passes a body on as far as it came. That it stopped before the end of a read, of which nothing is left but the end of
 * a line, while the response goes on, happens at the end of a chunk and nowhere else.
 */
function isAfterChunk({ passedTo }: SocketReads, given: Buffer): boolean {
  const rest = passedTo - given.byteOffset;
  return rest === given.length - 2 && rest > 0 && isLineEnd(given, rest);
}

/**
 * Hands on the whole chunks with which a read begins, and returns where they end. The parser, which waits for a chunk before them
 * as after them, need not see them; it gets all that is less plain.
 */
function passChunks(own: SocketReads, length: number): number {
  const { body } = own;
  if (body === null) return 0;
  let from = 0;
  while (from < length) {
    const start = dataFrom(shared, from, length);
    if (start < 0) break;
    const size = sizeAt(shared, from, start);
    const end = start + size;
    if (size === 0 || end + 2 > length || !isLineEnd(shared, end)) break;
    from = end + 2;
    if (!body.take(partOf(start, end), own.at)) {
      own.isBetween = false;
      // Of what was ended nobody takes the rest.
      if (own.body === null) return length;
      break;
    }
  }
  return from;
}

/** Lets `read` and `unshift` of a socket know what was read directly. */
export function takeDirectReads(socket: DirectSocket): void {
  const own = (socket[reads] ??= none());
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    // Node asks for nothing when the other side has ended.
    if (size === 0) return read(0);
    if (own.held !== null) {
      const { held } = own;
      own.held = null;
      return held;
    }
    if (own.now !== null) {
      const { now } = own;
      own.now = null;
      return now;
    }
    // Lets Node read on where it had to stop.
    return own.telling ? null : read(size);
  };
  socket.unshift = (chunk: Uint8Array): void => {
    own.held = joined(Buffer.from(chunk), own.held);
  };
}

/** A request was sent on the socket: what it reads next is the head of a response. Null if it is not read directly. */
export function expectHead(socket: DirectSocket): SocketReads | null {
  const own = socket[reads];
  if (own === undefined) return null;
  own.isHead = true;
  own.isBetween = false;
  own.body = null;
  return own;
}

/** The head of the response is over. */
export function expectBody(own: SocketReads, body: BodySink): void {
  own.isHead = false;
  own.body = body;
}

/** The response is over, or nobody wants the rest. */
export function leaveBody(own: SocketReads, body: BodySink): void {
  if (own.body !== body) return;
  own.body = null;
  own.isBetween = false;
}

const joined = (first: Buffer | null, second: Buffer | null): Buffer =>
  Buffer.concat([first, second].filter((part) => part !== null));
