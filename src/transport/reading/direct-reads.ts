import type { OnReadOpts, Socket } from "node:net";

/** As much as Node reads at once. */
const mostBytes = 1 << 16;

/** What a socket has read and nobody has taken. */
type Reads = {
  /** Lies in the buffer that all sockets share, until the read has been told of. */
  now: Buffer | null;
  /** Copies of what came before or was put back. */
  held: Buffer | null;
  telling: boolean;
  /** Of headers undici keeps the bytes until it has read all of them. */
  isHead: boolean;
};

const none = (): Reads => ({ now: null, held: null, telling: false, isHead: true });

const reads = Symbol("reads");
type DirectSocket = Socket & { [reads]?: Reads };

const shared = Buffer.allocUnsafeSlow(mostBytes);

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
  const bytes = shared.subarray(0, length);
  own.now = own.isHead ? Buffer.from(bytes) : bytes;
  own.telling = true;
  socket.emit("readable");
  own.telling = false;
  if (own.now !== null) {
    own.held = joined(own.held, own.now);
    own.now = null;
  }
  return own.held === null;
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

/** What a socket reads next is the head of a response, or no longer. */
export function expectHead(socket: DirectSocket, isHead: boolean): void {
  const own = socket[reads];
  if (own !== undefined) own.isHead = isHead;
}

const joined = (first: Buffer | null, second: Buffer | null): Buffer =>
  Buffer.concat([first, second].filter((part) => part !== null));
