import { z } from "zod";

import { Fx } from "../config.ts";
import { formats } from "../formats.ts";
import { DataClass } from "../life/data-class.ts";
import { HostPlace } from "../life/host-place.ts";
import { Standing } from "../life/life-cycle.ts";
import { Proof } from "../life/proof.ts";
import { Money, PriceRow } from "../money.ts";
import { Params } from "../params.ts";
import { Amount, byName, Count, list, Moment, record } from "../schema/readonly.ts";
import { Origin } from "./elsewhere.ts";
import { Shard } from "./shard.ts";

const text = z.string();

/** How a target was reached, unless directly and with the default trust. No credentials. */
export const NetworkEntry = record({
  /** Scheme, host and port: times through a proxy are valid for that proxy only. */
  proxy: text.nullable(),
  /** One per file: the SHA-256 fingerprint of its certificate, or of all its certificates together. */
  ca: list(record({ sha256: text, certificates: Count })),
  /** SHA-256 fingerprint of our client certificate. */
  client_cert: text.nullable(),
});
export type NetworkEntry = z.infer<typeof NetworkEntry>;

export const SuiteEntry = record({
  id: text,
  title: text.nullable(),
  license: text.nullable(),
  source: text.nullable(),
  data_class: DataClass,
  /** Digest of the suite's text and of every data file it names. */
  digest: text,
  items: Count,
  /** Generator name to seed. */
  seeds: byName(z.int()),
  /** Digest of everything except the generators' seeds; absent in files of earlier versions. */
  recipe: text.exactOptional(),
  /** Its file, from the folder of the run file; absent where it ships with baimo, and in files of earlier versions. */
  file: text.exactOptional(),
});
export type SuiteEntry = z.infer<typeof SuiteEntry>;

export const TargetEntry = record({
  ref: text,
  provider: text,
  model: text,
  variant: text.nullable(),
  /** 机构. */
  vendor: record({ zh: text, en: text }),
  base_model: text.nullable(),
  /** Globs over further names under which the vendor returns this model; absent where its file has none. */
  returned_as: list(text).exactOptional(),
  protocol: text,
  base_url: text,
  /** Program and arguments, as configured, of a target that is a command of the user's own machine. */
  command: list(text).exactOptional(),
  egress: text.nullable(),
  /** Where its host stands, as its file knew; absent where it did not, and in files of earlier versions. */
  place: HostPlace.exactOptional(),
  /** Requested for every call of this target; overrides the suites' own. */
  params: Params,
  /** Body members of the target's own; absent where it has none. */
  body: byName(z.json()).exactOptional(),
  /** Names of its own headers, whose values may be secret; absent where it has none. */
  header_names: list(text).exactOptional(),
  limits: record({
    scope: z.enum(["account", "model"]),
    concurrency: z.int().positive(),
    rpm: Amount.nullable(),
    tpm: Amount.nullable(),
    /** The concurrency was not stated: the lane starts low and adapts. */
    assumed: z.boolean().exactOptional(),
  }),
  /** The row used, or null if the price is unknown. */
  price: PriceRow.nullable(),
  /** Shown in place with rank "-". */
  reference: z.boolean(),
  /** A baseline, which sends no requests. */
  baseline: z.boolean(),
  /** Absent if it is reached directly. */
  network: NetworkEntry.exactOptional(),
  /** Absent where nothing is known of the name's life, and in files of earlier versions. */
  standing: Standing.exactOptional(),
  /** Absent for baselines and the simulator, and in files of earlier versions. */
  proof: Proof.exactOptional(),
  /** Absent where baimo asked it. */
  origin: Origin.exactOptional(),
});
export type TargetEntry = z.infer<typeof TargetEntry>;

/** What a later session may change. */
export const changeable = {
  concurrency: z.int().positive().nullable(),
  attempts: z.int().positive(),
  deadlines_ms: record({ connect: Amount, first_byte: Amount, idle: Amount, total: Amount }),
  max_cost: Money.nullable(),
  max_tokens_total: Count.nullable(),
  /** The same caps for each target alone. */
  max_cost_per_target: Money.nullable().exactOptional(),
  max_tokens_per_target: Count.nullable().exactOptional(),
};

export const Settings = record({
  ...changeable,
  trials: z.int().positive(),
  seed: z.int(),
  limit: z.int().positive().nullable(),
  /** Items drawn from each bank of the suites; absent where no bank is drawn from. */
  draw: record({
    generated: z.int().positive().exactOptional(),
    refuse: z.int().positive().exactOptional(),
    answer: z.int().positive().exactOptional(),
  }).exactOptional(),
  filter: text.nullable(),
  wordings: z.boolean(),
  params: Params,
  via_sim: z.boolean(),
  /** Generators draw from this instead of the suites' own seeds, so that the items are new. */
  reseed: z.int().nullable().exactOptional(),
  /** Every request begins with a mark of its own, made from this and the answer's key; absent where prefixes may be cached. */
  cold: text.exactOptional(),
  /** Questions are handed in as batches where the vendor takes them; absent where they are asked one by one. */
  batch: z.literal(true).exactOptional(),
  /** The part of the plan that this run is; absent where it is all of it. */
  shard: Shard.exactOptional(),
});
export type Settings = z.infer<typeof Settings>;

export const ToolVersion = record({ version: text, commit: text.nullable(), node: text });

export const RunLine = record({
  kind: z.literal("run"),
  schema: z.literal(formats.run),
  id: text,
  tool: ToolVersion,
  started_at: Moment,
  /** IANA name of the machine's time zone. */
  zone: text,
  /** Covers suites, targets and all settings that must not change on resume. */
  plan_digest: text,
  /** The config that was read, from the folder of the run file; absent if there was none. */
  config: text.exactOptional(),
  suites: list(SuiteEntry),
  targets: list(TargetEntry),
  settings: Settings,
  fx: Fx,
  /** Judges of the run; absent if it has none. */
  judges: list(TargetEntry).exactOptional(),
  /** Number of answers in a complete run, per target and in total. */
  size: record({ items: Count, per_target: Count, answers: Count }),
});
export type RunLine = z.infer<typeof RunLine>;
