import { z } from "zod";

import { batchForms } from "../request/batch-offer.ts";
import { Count, list, Moment, record } from "../schema/readonly.ts";

const text = z.string();

/**
 * Where a batch of requests stands. Every step is written before the next one is taken, so that a run that is killed
 * finds its batches again instead of paying for them twice.
 */
export const BatchLine = record({
  kind: z.literal("batch"),
  when: Moment,
  /** Our own name for it, with which the ids of its requests begin. */
  name: text,
  target: text,
  form: z.enum(batchForms),
  /**
   * `prepared`: about to be handed in; `uploaded`: its file is with the vendor; `created`: the vendor has it and will
   * bill it; `done`: its answers stand in the file; `lost`: the vendor does not have it.
   */
  state: z.enum(["prepared", "uploaded", "created", "done", "lost"]),
  requests: Count,
  /** The vendor's id of the uploaded file; null where there is none. */
  input: text.nullable(),
  /** The vendor's id of the batch; null until it has one. */
  id: text.nullable(),
  /** Why it was lost; absent otherwise. */
  message: text.exactOptional(),
  /** Answers that it did not give, each with the cause; they are asked for directly. Absent where there are none. */
  left: list(record({ key: text, cause: text })).exactOptional(),
});
export type BatchLine = z.infer<typeof BatchLine>;
