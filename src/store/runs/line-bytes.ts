/** What is kept between calls; a write of more gets bytes of its own. */
const roomBytes = 1 << 18;
/** The most bytes that UTF-8 takes for one UTF-16 code unit. */
const mostPerUnit = 3;
const newline = 0x0a;

/** A line without its end, or the bytes of lines with theirs. */
export type Lines = string | Uint8Array;

/**
 * Returns a function that turns lines into bytes, each with its end. The bytes hold until it is called again. Line by line,
 * because one character of Chinese would make two-byte text of all lines of a write, which V8 encodes a unit at a time.
 */
export function createLineBytes(): (lines: readonly Lines[]) => Buffer {
  const encoder = new TextEncoder();
  const room = Buffer.allocUnsafeSlow(roomBytes);
  return (lines) => {
    const most = lines.reduce((sum, line) => sum + mostBytes(line), 0);
    const bytes = most <= room.length ? room : Buffer.allocUnsafeSlow(most);
    let used = 0;
    for (const line of lines) {
      if (typeof line !== "string") {
        bytes.set(line, used);
        used += line.length;
        continue;
      }
      used += encoder.encodeInto(line, bytes.subarray(used)).written;
      bytes[used] = newline;
      used += 1;
    }
    return bytes.subarray(0, used);
  };
}

const mostBytes = (line: Lines): number =>
  typeof line === "string" ? line.length * mostPerUnit + 1 : line.length;
