/** Frames of a WebSocket as a server sends and reads them (RFC 6455 §5). */

const opcodes = { text: 1, close: 8, ping: 9 } as const;

/** A complete, unmasked text message. */
export const textFrame = (text: string): Uint8Array => frameOf(opcodes.text, Buffer.from(text));

/** A close frame with its code. */
export function closeFrame(code: number): Uint8Array {
  const body = Buffer.alloc(2);
  body.writeUInt16BE(code);
  return frameOf(opcodes.close, body);
}

function frameOf(opcode: number, body: Buffer): Uint8Array {
  const first = 0x80 | opcode;
  if (body.length < 126) return Buffer.concat([Buffer.from([first, body.length]), body]);
  const head = Buffer.alloc(body.length < 65_536 ? 4 : 10);
  head[0] = first;
  head[1] = body.length < 65_536 ? 126 : 127;
  if (body.length < 65_536) head.writeUInt16BE(body.length, 2);
  else head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

export type ReadFrame = {
  readonly opcode: number;
  readonly last: boolean;
  readonly body: Buffer;
  /** Its size in bytes. */
  readonly length: number;
};

/** The first frame in these bytes, masked as clients must; null where it is incomplete. */
export function readFrame(bytes: Buffer): ReadFrame | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const from = 2 + extra + 4;
  if (bytes.length < from) return null;
  const size =
    extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < from + size) return null;
  const mask = bytes.subarray(from - 4, from);
  const body = Buffer.from(bytes.subarray(from, from + size));
  for (let at = 0; at < size; at += 1) body[at] = (body[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return { opcode: first & 0x0f, last: (first & 0x80) !== 0, body, length: from + size };
}
