import type { HttpRequest } from "../../transport/http.ts";
import type { BatchChannel } from "./channel.ts";

/** One request of a batch: its id there, and the request that the protocol would have sent by itself. */
export type BatchRow = { readonly custom_id: string; readonly request: HttpRequest };

/** What a vendor says of a batch. */
export type BatchStatus = {
  readonly id: string;
  /** `failed`: refused as a whole, so that nothing was answered and nothing is billed. */
  readonly phase: "working" | "ended" | "failed";
  /** Why it failed; null otherwise. */
  readonly message: string | null;
  /** Ids of the files that hold its results, where the form has such. */
  readonly files: readonly string[];
};

/** What came of one request. */
export type BatchResult = {
  readonly custom_id: string;
  /** Null if the request was not carried out: it expired, was cancelled, or was never begun. */
  readonly status: number | null;
  /** The body that the vendor would have sent for the request alone. */
  readonly body: unknown;
  /** Why there is no body; null if there is one. */
  readonly message: string | null;
};

/** A batch on its way to the vendor. */
export type NewBatch = {
  /** Begins all its `custom_id`s. */
  readonly name: string;
  /** What `upload` gave. */
  readonly input: string | null;
  readonly rows: readonly BatchRow[];
};

/** A batch that may have been created by a process that died before it could tell. */
export type SoughtBatch = Pick<NewBatch, "name" | "input"> & {
  /** Nothing older is it. ISO 8601. */
  readonly since: string;
  readonly requests: number;
};

/** How vendors take batches. Everything rejects with a `BatchError` where the vendor refuses or cannot be reached. */
export type BatchForm = {
  /** Hands in the requests as a file, which costs nothing, and resolves to its id; null where `create` carries them. */
  readonly upload:
    | ((batch: Omit<NewBatch, "input">, channel: BatchChannel) => Promise<string>)
    | null;
  readonly create: (batch: NewBatch, channel: BatchChannel) => Promise<BatchStatus>;
  /** Resolves to null if the vendor has no such batch, and to `later` if only a batch that still works may be it. */
  readonly find: (
    sought: SoughtBatch,
    channel: BatchChannel,
  ) => Promise<BatchStatus | "later" | null>;
  readonly status: (id: string, channel: BatchChannel) => Promise<BatchStatus>;
  /** The results of a batch that has ended, in any order. */
  readonly results: (status: BatchStatus, channel: BatchChannel) => Promise<readonly BatchResult[]>;
};
