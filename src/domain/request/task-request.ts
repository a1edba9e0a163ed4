import { z } from "zod";

import { byName, record } from "../schema/readonly.ts";

const JsonObject = byName(z.json());

/** The form to which a vendor is to hold the reply. */
const ReplyFormat = z
  .union([z.literal("json_object"), record({ json_schema: JsonObject })])
  .describe("json_object, or json_schema with a JSON Schema; sent in the vendor's own way");
export type ReplyFormat = z.infer<typeof ReplyFormat>;

/** What a task adds to the requests of its items. */
export const taskRequestShape = {
  body: JsonObject.exactOptional().describe("members merged into the body of every request"),
  response_format: ReplyFormat.exactOptional(),
  logprobs: z
    .int()
    .min(1)
    .max(20)
    .exactOptional()
    .describe("keep the probabilities of the reply's first token and of so many alternatives"),
};

/** The same as recorded with an item. */
export const TaskRequest = record(taskRequestShape);
export type TaskRequest = z.infer<typeof TaskRequest>;

/** Nothing where the task adds nothing, so that lines and digests of other tasks stay as they are. */
export function taskRequestOf({ body, response_format, logprobs }: TaskRequest): {
  readonly request?: TaskRequest;
} {
  if (body === undefined && response_format === undefined && logprobs === undefined) return {};
  const request = {
    ...(body === undefined ? {} : { body }),
    ...(response_format === undefined ? {} : { response_format }),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
  return { request };
}
