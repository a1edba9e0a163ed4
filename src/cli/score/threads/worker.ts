import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

import type { GradedRange } from "./graded-range.ts";
import type { RangesSetup } from "./ranges.ts";

// Before the large modules are loaded.
enableCompileCache();
const { gradeRanges } = await import("./ranges.ts");

/** What a thread says: a range, or that it takes no more of them, because none is left or its last one was unusual. */
export type RangeMessage =
  | { readonly kind: "range"; readonly number: number; readonly range: GradedRange }
  | { readonly kind: "ended"; readonly isUnusual: boolean };

const say = (message: RangeMessage, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);

void gradeRanges(workerData as RangesSetup, (number, range) =>
  say({ kind: "range", number, range }, [range.bytes.buffer]),
).then(
  () => say({ kind: "ended", isUnusual: false }),
  () => say({ kind: "ended", isUnusual: true }),
);
