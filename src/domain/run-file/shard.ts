import { z } from "zod";

import { digestOf } from "../digest.ts";
import { record } from "../schema/readonly.ts";

/** A part of a plan: the `index`-th, from 1, of `of` parts. */
export const Shard = record({ index: z.int().positive(), of: z.int().positive() });
export type Shard = z.infer<typeof Shard>;

/** Such as `2/8`. */
export const shardName = ({ index, of }: Shard): string => `${index}/${of}`;

/**
 * Whether an item (`suite/task/item`) belongs to a shard. Only its own key decides, so that neither other items nor their
 * order move it; all its wordings, trials and targets stay together, because judges compare them.
 */
export const isInShard = (item: string, { index, of }: Shard): boolean =>
  Number.parseInt(digestOf(item).slice(0, 8), 16) % of === index - 1;
