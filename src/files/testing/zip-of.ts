import { deflateRawSync, zstdCompressSync } from "node:zlib";

const methods = { stored: 0, deflate: 8, zstd: 93 } as const;

/** A zip archive of texts, for tests; `lie` is what the directory says of each entry's size instead of the truth. */
export function zipOf(
  files: Readonly<Record<string, string>>,
  method: keyof typeof methods,
  lie?: number,
): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const plain = Buffer.from(text);
    const packed =
      method === "deflate"
        ? deflateRawSync(plain)
        : method === "zstd"
          ? zstdCompressSync(plain)
          : plain;
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(methods[method], 4);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(lie ?? plain.length, 18);
    shared.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), shared, tail, Buffer.from(name)]),
    );
    bodies.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, central, end]);
}
