import type { FileHandle } from "node:fs/promises";
import { stat } from "node:fs/promises";

/** What somebody else has done to a file that is open for writing. */
export type Tampering = "removed" | "replaced" | "truncated" | "altered";

/** Tells what has been done to the file, which should hold `length` bytes, or null if it is as it should be. */
export type Watch = (length: number) => Promise<Tampering | null>;

/**
 * Watches the file behind a handle that appends: whatever others do, what we write then stands at the end, so the
 * length alone shows whether anything was cut away or added.
 */
export async function watchFile(file: string, handle: FileHandle): Promise<Watch> {
  // Some network file systems name a file differently through its handle; there, only its length is looked at.
  const named = isSame(await numberOf(handle.stat({ bigint: true })), await numberOf(statOf(file)));
  return async (length) => {
    const [open, found] = await Promise.all([
      numberOf(handle.stat({ bigint: true })),
      numberOf(statOf(file)),
    ]);
    if (open === null || found === "unreadable") return null;
    if (found === null) return "removed";
    if (named && !isSame(open, found)) return "replaced";
    const size = open === "unreadable" ? found.size : open.size;
    if (size === BigInt(length)) return null;
    return size < BigInt(length) ? "truncated" : "altered";
  };
}

type Place = { readonly dev: bigint; readonly ino: bigint; readonly size: bigint };

const statOf = (file: string): Promise<Place> => stat(file, { bigint: true });

const gone: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

/** Null if nothing is there; a lack of file handles or of rights says nothing about the file. */
async function numberOf(asked: Promise<Place>): Promise<Place | null | "unreadable"> {
  try {
    return await asked;
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : null;
    return gone.has(code) ? null : "unreadable";
  }
}

const isSame = (a: Place | null | "unreadable", b: Place | null | "unreadable"): boolean =>
  typeof a === "object" &&
  typeof b === "object" &&
  a !== null &&
  b !== null &&
  a.dev === b.dev &&
  a.ino === b.ino;
