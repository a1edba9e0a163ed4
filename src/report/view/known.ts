import type { Standing } from "../../domain/life/life-cycle.ts";
import type { Proof } from "../../domain/life/proof.ts";
import type { Origin } from "../../domain/run-file/elsewhere.ts";
import type { TargetView } from "./model.ts";

/** What was known of a target before it was asked; null where nothing was, and in runs of earlier versions. */
export type KnownBefore = {
  /** The name's life cycle, as of the run. */
  readonly standing: Standing | null;
  /** What shows that the vendor's interface is spoken as it should be. */
  readonly proof: Proof | null;
  /** Where its answers come from that baimo did not ask for; null where it asked. */
  readonly origin: Origin | null;
};

export const knownBefore = ({ entry }: TargetView): KnownBefore => ({
  standing: entry?.standing ?? null,
  proof: entry?.proof ?? null,
  origin: entry?.origin ?? null,
});
