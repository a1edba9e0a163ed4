import { z } from "zod";

import type { Lang, Text } from "../../domain/text.ts";

/** A number that is asked for: exactly, at least, at most; part of the options of whatever counts. */
export const boundsShape = {
  equal: z.int().nonnegative().optional().describe("exactly this many"),
  min: z.int().nonnegative().optional().describe("at least this many"),
  max: z.int().nonnegative().optional().describe("at most this many"),
};
export type Bounds = {
  readonly equal?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
};

export const isWithin = (count: number, { equal, min, max }: Bounds): boolean =>
  (equal === undefined || count === equal) &&
  (min === undefined || count >= min) &&
  (max === undefined || count <= max);

/** Bounds that ask for nothing, or that no number can keep. */
export function boundsProblem({ equal, min, max }: Bounds): Text | null {
  if (equal === undefined && min === undefined && max === undefined)
    return { zh: "需要 equal、min 或 max", en: "needs equal, min or max" };
  if (equal !== undefined && (min !== undefined || max !== undefined))
    return { zh: "equal 不能与 min、max 同时用", en: "equal cannot stand beside min or max" };
  return min !== undefined && max !== undefined && min > max
    ? { zh: `min（${min}）大于 max（${max}）`, en: `min (${min}) is above max (${max})` }
    : null;
}

/** 恰好 5, 至少 3, 至少 3、至多 5. */
export function boundsText({ equal, min, max }: Bounds, lang: Lang): string {
  const zh = lang === "zh";
  if (equal !== undefined) return zh ? `恰好 ${equal}` : `exactly ${equal}`;
  if (min !== undefined && max !== undefined)
    return zh ? `至少 ${min}、至多 ${max}` : `${min} to ${max}`;
  if (min !== undefined) return zh ? `至少 ${min}` : `at least ${min}`;
  return zh ? `至多 ${max ?? 0}` : `at most ${max ?? 0}`;
}
