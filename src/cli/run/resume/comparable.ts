import { dirname } from "node:path";

import type { RunLine } from "../../../domain/run-file/header.ts";

import { readResumePoint } from "../../../engine/run/resume.ts";
import { newestRuns } from "../../../store/runs/newest.ts";
import { readHeader } from "../../../store/runs/reader.ts";

/** A finished run beside another that asked one other model the same items. */
export type ComparableRun = { readonly file: string; readonly ref: string };

/** So many of the newest runs are looked at. */
const mostLookedAt = 20;

/**
 * The run beside `file` that asked one model alone, another than `file` did, on the same suites, and was
 * completed last; null where `file` asked several, or there is none. `compare` takes the two as they are.
 */
export async function comparableRun(file: string): Promise<ComparableRun | null> {
  const own = await readHeader(file).catch(() => null);
  const asked = own === null ? [] : modelsOf(own);
  if (own === null || asked.length !== 1) return null;
  const runs = await newestRuns(dirname(file));
  let newest: (ComparableRun & { readonly ended: number }) | null = null;
  for (const other of runs.slice(0, mostLookedAt)) {
    const header = other === file ? null : await readHeader(other).catch(() => null);
    if (header === null || !asksTheSame(header, own)) continue;
    const [ref, ...more] = modelsOf(header);
    if (ref === undefined || more.length > 0 || ref === asked[0]) continue;
    const { end } = await readResumePoint(other, "none");
    const ended = end?.status === "complete" ? Date.parse(end.when) : null;
    if (ended !== null && ended > (newest?.ended ?? -Infinity))
      newest = { file: other, ref, ended };
  }
  return newest;
}

const modelsOf = ({ targets }: RunLine): readonly string[] =>
  targets.filter(({ baseline }) => !baseline).map(({ ref }) => ref);

const asksTheSame = (a: RunLine, b: RunLine): boolean =>
  a.suites.length === b.suites.length &&
  a.suites.every(({ id, digest, items }) =>
    b.suites.some((each) => each.id === id && each.digest === digest && each.items === items),
  );
