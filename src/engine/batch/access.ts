import type { BatchChannel } from "../../calling/batch/channel.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { ItemLine } from "../../domain/run-file/lines.ts";

/** How a run reaches its vendors' batch interfaces. */
export type BatchAccess = {
  /** True if questions are handed in as batches; false if only those of earlier sessions are fetched. */
  readonly fresh: boolean;
  /** Sends one request with the endpoint's credentials. Rejects with a `BatchError` if the socket fails. */
  readonly send: (endpoint: Endpoint) => BatchChannel["send"];
};

/** A batch answers one request an item: a dialogue needs the reply before it can go on, and so does an agent. */
export const isBatchable = ({ asks, environment }: ItemLine): boolean =>
  environment === undefined && asks.every(({ turns }) => turns.length <= 1);
