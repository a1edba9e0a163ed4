/**
 * Content of the first OCTET STRING in a DER value, depth first, or null. Throws nothing: what is cut off has none.
 * Lengths of up to 2^24 bytes.
 */
export function firstOctets(der: Uint8Array): Uint8Array | null {
  for (let at = 0; at + 2 <= der.length;) {
    const tag = der[at] ?? 0;
    const short = der[at + 1] ?? 0;
    const digits = short < 0x80 ? 0 : short - 0x80;
    if (digits > 3) return null;
    const head = at + 2 + digits;
    const length =
      digits === 0
        ? short
        : der.subarray(at + 2, head).reduce((sum, digit) => sum * 256 + digit, 0);
    if (head + length > der.length) return null;
    const content = der.subarray(head, head + length);
    if (tag === 0x04) return content;
    const inner = (tag & 0x20) === 0 ? null : firstOctets(content);
    if (inner !== null) return inner;
    at = head + length;
  }
  return null;
}
