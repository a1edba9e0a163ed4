/** Most texts hold neither an escape nor a byte beyond ASCII. */
const isCoded = /[\\\x80-\xff]/;
const scratch = Buffer.allocUnsafeSlow(1 << 16);

/** The text that stands between the quotes of valid JSON, whose UTF-8 was read as Latin-1. */
export function decodedText(raw: string): string {
  if (!isCoded.test(raw)) return raw;
  const text = decodedBytes(raw);
  return text.includes("\\") ? String(JSON.parse(`"${text}"`)) : text;
}

function decodedBytes(raw: string): string {
  if (raw.length > scratch.length) return Buffer.from(raw, "latin1").toString("utf8");
  const length = scratch.write(raw, 0, "latin1");
  return scratch.toString("utf8", 0, length);
}
