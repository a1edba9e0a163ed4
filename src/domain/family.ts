import type { TargetEntry } from "./run-file/header.ts";

type Member = Pick<TargetEntry, "model" | "vendor" | "base_model" | "baseline">;

/**
 * True if a judge is likely to favour a candidate as its own kin: both descend from models of one name, or come from
 * one vendor. A vendor that hosts others' models declares their `base_model`, which then decides.
 */
export function sameFamily(one: Member, other: Member): boolean {
  if (one.baseline || other.baseline) return false;
  if (brandOf(one) === brandOf(other)) return true;
  const hosted = one.base_model !== null && other.base_model !== null;
  return !hosted && one.vendor.zh === other.vendor.zh;
}

/** `Qwen/Qwen3-32B` and `qwen-plus` are both `qwen`; a name without leading letters stands for itself. */
function brandOf({ model, base_model }: Member): string {
  const name = (base_model ?? model).split("/").at(-1)?.toLowerCase() ?? model;
  return /^\p{L}{2,}/u.exec(name)?.[0] ?? name;
}

/** The name under which hosts serve one model: what their files say, else the model's own, without a maker before it. */
export const servedModel = ({
  base_model,
  model,
}: Pick<TargetEntry, "base_model" | "model">): string =>
  (base_model ?? model).split("/").at(-1)?.toLowerCase() ?? model;
