import type { Standing } from "../../domain/life/life-cycle.ts";
import type { Proof } from "../../domain/life/proof.ts";
import type { TargetView } from "./model.ts";

/** What was known of a target before it was asked; null where nothing was, and in runs of earlier versions. */
export type KnownBefore = {
  /** The name's life cycle, as of the run. */
  readonly standing: Standing | null;
  /** What shows that the vendor's interface is spoken as it should be. */
  readonly proof: Proof | null;
};

export const knownBefore = ({ entry }: TargetView): KnownBefore => ({
  standing: entry?.standing ?? null,
  proof: entry?.proof ?? null,
});
