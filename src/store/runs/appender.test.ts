import { expect, test } from "vitest";

import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { createAppender } from "./appender.ts";

const line: RunFileLine = {
  kind: "limit",
  when: "2026-11-30T00:00:00.000Z",
  lane: "mine",
  at_ms: 10,
  cap: 4,
  concurrency: 2,
  rpm: null,
  why: "cut",
};

test("lines are handed over at once, and the first failure is told where all are awaited", async () => {
  const seen: (RunFileLine | Uint8Array)[] = [];
  let broken = false;
  const write = (each: RunFileLine | Uint8Array): Promise<void> => {
    seen.push(each);
    return broken ? Promise.reject(new Error("disk full")) : Promise.resolve();
  };
  const out = createAppender({ append: write, appendBytes: write });
  const bytes = Buffer.from("{}\n");
  out.add(line);
  out.addBytes(bytes);
  out.add(line);
  expect(seen).toEqual([line, bytes, line]);
  expect(out.isFull()).toBe(false);
  await out.settled();
  broken = true;
  while (!out.isFull()) out.add(line);
  await expect(out.settled()).rejects.toThrow("disk full");
  // What was told is not told again.
  expect(out.isFull()).toBe(false);
  await out.settled();
});
