import type { Fx } from "../config.ts";
import type { formats } from "../formats.ts";
import type { Money, PriceRow } from "../money.ts";
import type { Params } from "../params.ts";
import type { DataClass } from "../suite.ts";

/** How a target was reached, unless directly and with the default trust. No credentials. */
export type NetworkEntry = {
  /** Scheme, host and port: times through a proxy are valid for that proxy only. */
  readonly proxy: string | null;
  /** One per file: the SHA-256 fingerprint of its certificate, or of all its certificates together. */
  readonly ca: readonly { readonly sha256: string; readonly certificates: number }[];
  /** SHA-256 fingerprint of our client certificate. */
  readonly client_cert: string | null;
};

export type SuiteEntry = {
  readonly id: string;
  readonly title: string | null;
  readonly license: string | null;
  readonly source: string | null;
  readonly data_class: DataClass;
  /** Digest of the suite's text and of every data file it names. */
  readonly digest: string;
  readonly items: number;
  /** Generator name to seed. */
  readonly seeds: Readonly<Record<string, number>>;
  /** Digest of everything except the generators' seeds; absent in files of earlier versions. */
  readonly recipe?: string;
};

export type TargetEntry = {
  readonly ref: string;
  readonly provider: string;
  readonly model: string;
  readonly variant: string | null;
  /** 机构. */
  readonly vendor: { readonly zh: string; readonly en: string };
  readonly base_model: string | null;
  readonly protocol: string;
  readonly base_url: string;
  readonly egress: string | null;
  /** Requested for every call of this target; overrides the suites' own. */
  readonly params: Params;
  readonly limits: {
    readonly scope: "account" | "model";
    readonly concurrency: number;
    readonly rpm: number | null;
    readonly tpm: number | null;
    /** The concurrency was not stated: the lane starts low and adapts. */
    readonly assumed?: boolean;
  };
  /** The row used, or null if the price is unknown. */
  readonly price: PriceRow | null;
  /** Shown in place with rank "-". */
  readonly reference: boolean;
  /** A baseline, which sends no requests. */
  readonly baseline: boolean;
  /** Absent if it is reached directly. */
  readonly network?: NetworkEntry;
};

export type Settings = {
  readonly trials: number;
  readonly seed: number;
  readonly limit: number | null;
  readonly filter: string | null;
  readonly wordings: boolean;
  readonly concurrency: number | null;
  readonly attempts: number;
  readonly deadlines_ms: {
    readonly connect: number;
    readonly first_byte: number;
    readonly idle: number;
    readonly total: number;
  };
  readonly params: Params;
  readonly max_cost: Money | null;
  readonly max_tokens_total: number | null;
  /** The same caps for each target alone. */
  readonly max_cost_per_target?: Money | null;
  readonly max_tokens_per_target?: number | null;
  readonly via_sim: boolean;
  /** Generators draw from this instead of the suites' own seeds, so that the items are new. */
  readonly reseed?: number | null;
};

export type RunLine = {
  readonly kind: "run";
  readonly schema: typeof formats.run;
  readonly id: string;
  readonly tool: {
    readonly version: string;
    readonly commit: string | null;
    readonly node: string;
  };
  readonly started_at: string;
  /** IANA name of the machine's time zone. */
  readonly zone: string;
  /** Covers suites, targets and all settings that must not change on resume. */
  readonly plan_digest: string;
  readonly suites: readonly SuiteEntry[];
  readonly targets: readonly TargetEntry[];
  readonly settings: Settings;
  readonly fx: Fx;
  /** Judges of the run; absent if it has none. */
  readonly judges?: readonly TargetEntry[];
  /** Number of answers in a complete run, per target and in total. */
  readonly size: { readonly items: number; readonly per_target: number; readonly answers: number };
};
