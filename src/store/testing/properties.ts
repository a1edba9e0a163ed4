import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import fc from "fast-check";

import { UserError } from "../../domain/text.ts";
import { readRun, scanRun } from "../runs/reader.ts";
import { createRunFile } from "../runs/writer.ts";
import { checkSuite } from "../suites/check-suite.ts";
import { readSuite } from "../suites/suites.ts";
import { runLine } from "./run-line.ts";

/** True if a file was read, or refused as a user's mistake. */
async function readOrRefused(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

const edit = fc.record({
  at: fc.nat(),
  removed: fc.nat({ max: 12 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        "\n",
        "  ",
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "&a ",
        "*a",
        "!!js ",
        "|",
        "null",
        "1e999",
        "\t",
      )
      .map((text) => new TextEncoder().encode(text)),
  ),
});

function edited(
  bytes: Uint8Array,
  edits: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[],
) {
  return edits.reduce((text, { at, removed, put }) => {
    const place = at % (text.length + 1);
    return Buffer.concat([text.subarray(0, place), put, text.subarray(place + removed)]);
  }, Buffer.from(bytes));
}

const edits = fc.array(edit, { minLength: 1, maxLength: 4 });

/** A damaged run file is read or refused; never an internal error. */
export const damagedRunFile = (folder: string, whole: Uint8Array) =>
  fc.asyncProperty(edits, async (changes) => {
    const path = join(folder, "damaged.jsonl");
    await writeFile(path, edited(whole, changes));
    return readOrRefused(() => scanRun(path, () => undefined));
  });

/** Any lines in any batches are read back unchanged. */
export const anyLines = (folder: string) => {
  let round = 0;
  const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { maxLength: 20 });
  return fc.asyncProperty(fc.array(texts, { maxLength: 4 }), async (batches) => {
    const path = join(folder, `p${(round += 1)}.jsonl`);
    const writer = await createRunFile(path, runLine);
    for (const batch of batches) {
      await Promise.all(batch.map((reason) => writer.append(reviewLine("k", reason))));
    }
    await writer.close();
    const expected = batches.flat().map((reason) => reviewLine("k", reason));
    return JSON.stringify((await readRun(path)).slice(1)) === JSON.stringify(expected);
  });
};

export const reviewLine = (key: string, reason = "理由\n换行") =>
  ({
    kind: "review",
    key,
    who: "评审",
    when: "2026-11-21T20:16:00.000Z",
    verdict: "right",
    value: 1,
    reason,
  }) as const;

/** A suite with typos is read and checked, or refused with a location; never an internal error. */
export const mistypedSuite = (folder: string, whole: Uint8Array) =>
  fc.asyncProperty(edits, async (changes) => {
    const path = join(folder, "mistyped.yaml");
    await writeFile(path, edited(whole, changes));
    return readOrRefused(async () => checkSuite(await readSuite(path)));
  });
