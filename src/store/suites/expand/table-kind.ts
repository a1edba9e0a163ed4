import { open } from "node:fs/promises";

/** Enough for the head of a table and a few of its rows. */
const headBytes = 1 << 14;

/**
 * The format under which `baimo import` reads a file that somebody took for JSON Lines: `xlsx`, `csv` or, for one JSON
 * array, `jsonl`; null where it may be JSON Lines after all. Told by the first bytes, because names lie.
 */
export async function tableKind(file: string): Promise<"csv" | "jsonl" | "xlsx" | null> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return kindOf(buffer.subarray(0, bytesRead), /\.[ct]sv$/i.test(file));
  } finally {
    await handle.close();
  }
}

function kindOf(head: Buffer, isNamedTable: boolean): "csv" | "jsonl" | "xlsx" | null {
  if (head.subarray(0, 4).toString("latin1") === "PK\u0003\u0004") return "xlsx";
  const lines = head
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const [first = ""] = lines;
  if (first.startsWith("[")) return "jsonl";
  // A bad line among good ones is told where it stands.
  if (first === "" || lines.slice(0, 4).some((line) => line.startsWith("{"))) return null;
  return isNamedTable || /[,\t;，]/.test(first) ? "csv" : null;
}
