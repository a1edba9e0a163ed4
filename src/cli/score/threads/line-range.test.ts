import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

import type { LineRun } from "../../../store/runs/shaped-lines.ts";

import { createRangeReader } from "./line-range.ts";

const folder = mkdtempSync(join(tmpdir(), "baimo-range-"));
afterAll(() => rmSync(folder, { recursive: true }));

function readAll(text: string, step: number, limit = 1 << 20): readonly string[] {
  const file = join(folder, "lines.txt");
  writeFileSync(file, text);
  const size = Buffer.byteLength(text);
  const fd = openSync(file, "r");
  try {
    const read = createRangeReader(fd, limit);
    const lines: string[] = [];
    for (let from = 0; from < size; from += step)
      lines.push(...linesOf(read(from, Math.min(size, from + step))));
    return lines;
  } finally {
    closeSync(fd);
  }
}

/** The lines of a range, each with its place. */
function linesOf(run: LineRun | null): readonly string[] {
  if (run === null) return [];
  const lines: string[] = [];
  for (let at = 0; at < run.bytes.length;) {
    const end = run.bytes.indexOf(10, at);
    lines.push(`${run.start + at} ${run.bytes.toString("utf8", at, end)}`);
    at = end + 1;
  }
  return lines;
}

/** What each line should be told as, by its place. */
function placed(lines: readonly string[]): readonly string[] {
  let start = 0;
  return lines.map((line) => {
    const told = `${start} ${line}`;
    start += Buffer.byteLength(line) + 1;
    return told;
  });
}

test("ranges of any size together hold each line once, in order, with its place", () => {
  const line = fc.string({ unit: fc.constantFrom("a", "答", "😀", " "), maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 60 }),
      (lines, step) => {
        expect(readAll(lines.map((each) => `${each}\n`).join(""), step)).toEqual(placed(lines));
      },
    ),
    { numRuns: 300 },
  );
});

test("a line far longer than a range belongs to the range in which it starts", () => {
  const lines = ["短", "长".repeat(200_000), "短"];
  expect(readAll(lines.map((each) => `${each}\n`).join(""), 1_000)).toEqual(placed(lines));
});

test.each([
  ["that ends nowhere", "一\n二", 1 << 20],
  ["above the limit", `一\n${"二".repeat(200_000)}\n`, 1 << 16],
])("a line %s is refused", (_, text, limit) => {
  expect(() => readAll(text, 4, limit)).toThrow("a line has no end");
});
