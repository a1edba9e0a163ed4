import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { anyText } from "../text/testing/any-text.ts";
import { zipOf } from "./testing/zip-of.ts";
import { openZip, zipLimits } from "./zip.ts";

async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "zip-")), "a.zip");
  await writeFile(file, bytes);
  return file;
}

test.each(["stored", "deflate", "zstd"] as const)("what was packed is read, %s", async (method) => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z甲]{1,8}$/), anyText(), {
        maxKeys: 5,
      }),
      async (files) => {
        const zip = await openZip(await fileOf(zipOf(files, method)));
        expect(zip.names).toEqual(Object.keys(files));
        for (const [name, text] of Object.entries(files)) {
          expect((await zip.read(name))?.toString("utf8")).toBe(Buffer.from(text).toString("utf8"));
        }
        expect(await zip.read("none")).toBeNull();
        await zip.close();
      },
    ),
    { numRuns: 20 },
  );
});

test("wherever an archive is cut off, a sentence says so", async () => {
  const whole = zipOf({ a: "甲".repeat(200), b: "乙" }, "deflate");
  for (let length = 0; length < whole.length; length += 7) {
    const file = await fileOf(whole.subarray(0, length));
    await expect(openZip(file)).rejects.toThrow(/is empty|no zip archive|damaged/);
  }
});

const small = { ...zipLimits, entryBytes: 1_000, totalBytes: 5_000 };

test.each([
  ["an entry above the limit", zipOf({ a: "0".repeat(4_000) }, "deflate"), /unpacks to .* MB/],
  [
    "an entry that is more than it says",
    zipOf({ a: "0".repeat(4_000) }, "deflate", 10),
    /more than it says/,
  ],
  ["the same with Zstandard", zipOf({ a: "0".repeat(4_000) }, "zstd", 10), /more than it says/],
  [
    "all entries together",
    zipOf({ a: "0".repeat(4_000), b: "0".repeat(4_000) }, "deflate"),
    /as a zip bomb does/,
  ],
])("a bomb is not unpacked: %s", async (_what, bytes, message) => {
  const file = await fileOf(bytes);
  const read = async () => {
    const zip = await openZip(file, small);
    try {
      return await zip.read("a");
    } finally {
      await zip.close();
    }
  };
  await expect(read()).rejects.toThrow(message);
});
