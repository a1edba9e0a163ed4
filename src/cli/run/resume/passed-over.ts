import { readdir } from "node:fs/promises";
import { join } from "node:path";

import type { RunLine } from "../../../domain/run-file/header.ts";
import type { Text } from "../../../domain/text.ts";
import type { Plan } from "../../../engine/plan/plan.ts";

import { readResumePoint } from "../../../engine/run/resume.ts";
import { readHeader } from "../../../store/runs/reader.ts";
import { planChanges } from "./changed-plan.ts";

/** A run that a new one does not go on with, and what differs. */
export type PassedOver = { readonly file: string; readonly why: readonly Text[] };

/**
 * The newest run in `folder` where it is unfinished and asks the same suites and targets, but by another plan, such as after a
 * suite was edited; else null.
 */
export async function passedOver(plan: Plan, folder: string): Promise<PassedOver | null> {
  const names = await readdir(folder).catch(() => []);
  const newest = names
    .filter((each) => each.endsWith(".jsonl"))
    .toSorted()
    .at(-1);
  if (newest === undefined) return null;
  const file = join(folder, newest);
  const header = await readHeader(file);
  if (header === null || !asksTheSame(header, plan)) return null;
  // Shards of one run lie side by side.
  if ((header.settings.shard ?? plan.settings.shard) !== undefined) return null;
  const why = planChanges(header, plan);
  if (why.length === 0) return null;
  const { end } = await readResumePoint(file, "none");
  return end?.status === "complete" ? null : { file, why };
}

const asksTheSame = (old: RunLine, { suites, targets }: Plan): boolean =>
  same(
    old.suites.map(({ id }) => id),
    suites.map(({ id }) => id),
  ) &&
  same(
    old.targets.map(({ ref }) => ref),
    targets.map(({ entry }) => entry.ref),
  );

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;

/** `file` and `command` as the user would write them. */
export const passedOverText = (why: readonly Text[], file: string, command: string): Text => ({
  zh: `没有接着跑未完的 ${file}（${why.map(({ zh }) => zh).join("，")}），从头开始一次新的运行；要照原来的计划接着跑：${command} run --resume ${file}`,
  en: `The unfinished ${file} is not gone on with (${why.map(({ en }) => en).join("; ")}); a new run begins. To go on by its own plan: ${command} run --resume ${file}`,
});
