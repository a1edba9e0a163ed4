import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** A file of an archive: its bytes, or where they are. */
export type TarFile = {
  readonly path: string;
  readonly mode: 0o644 | 0o755;
  readonly content: Buffer | { readonly file: string; readonly bytes: number };
};

const blockBytes = 512;

/**
 * Writes a `.tar.gz` whose bytes depend on nothing but paths, modes, contents and the one date that all files get:
 * sorted, owned by 0, without the system that packed it. Resolves to its SHA-256 in hex.
 */
export async function writeTarGz(
  out: string,
  files: readonly TarFile[],
  date_s: number,
): Promise<string> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const hash = createHash("sha256");
  let isFirst = true;
  const settle = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Byte 9 of gzip names the operating system; 255 is unknown. RFC 1952, 2.3.1.
      if (isFirst) chunk[9] = 255;
      isFirst = false;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(
    Readable.from(blocks(sorted, date_s)),
    createGzip({ level: 9, chunkSize: 2 ** 18 }),
    settle,
    createWriteStream(out),
  );
  return hash.digest("hex");
}

async function* blocks(files: readonly TarFile[], date_s: number): AsyncGenerator<Buffer> {
  for (const { path, mode, content } of files) {
    const bytes = Buffer.isBuffer(content) ? content.length : content.bytes;
    yield header({ path, mode, bytes, date_s });
    if (Buffer.isBuffer(content)) yield content;
    else for await (const chunk of createReadStream(content.file)) yield chunk as Buffer;
    yield Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);
  }
  yield Buffer.alloc(2 * blockBytes);
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format" */
function header({
  path,
  mode,
  bytes,
  date_s,
}: {
  readonly path: string;
  readonly mode: number;
  readonly bytes: number;
  readonly date_s: number;
}): Buffer {
  const block = Buffer.alloc(blockBytes);
  const { prefix, name } = split(path);
  const octal = (value: number, at: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, at, "latin1");
  };
  block.write(name, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(date_s, 136, 12);
  block.write("        ", 148, "latin1");
  block.write("0", 156, "latin1");
  block.write("ustar\u000000", 257, "latin1");
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

/** A path of more than 100 bytes is parted at a slash. */
function split(path: string): { readonly prefix: string; readonly name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: "", name: path };
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, name };
  }
  throw new Error(`${path} is too long for a tar archive`);
}
