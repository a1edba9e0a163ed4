import { z } from "zod";

import { formats } from "../../domain/formats.ts";
import { outcomes } from "../../domain/outcome.ts";

const count = z.int().nonnegative();
const afterChunks = count.optional().describe("deliveries of text before it happens; default 3");
const retryAfter = {
  retry_after_s: z.number().nonnegative().optional().describe("header Retry-After in seconds"),
  retry_after_date_s: z
    .number()
    .nonnegative()
    .optional()
    .describe("header Retry-After as an HTTP date, so many seconds from now"),
  retry_after_ms: z.number().nonnegative().optional().describe("header retry-after-ms"),
};

/** What can go wrong with one request. The times in `retry_after_*` are sent as written. */
export const Fault = z.discriminatedUnion("fault", [
  z.strictObject({
    fault: z.literal("status").describe("an HTTP error"),
    status: z.int().min(400).max(599),
    body: z.enum(["vendor", "html", "text", "empty"]).default("vendor"),
    code: z.string().optional().describe("instead of the vendor's code"),
    message: z.string().optional(),
    ...retryAfter,
  }),
  z.strictObject({
    fault: z.literal("reset").describe("the connection is reset"),
    after_chunks: count.optional().describe("in the stream; without it before the headers"),
  }),
  z.strictObject({
    fault: z.literal("truncate").describe("the body ends properly but too early"),
    after_chunks: afterChunks,
  }),
  z.strictObject({
    fault: z.literal("malformed").describe("an event or a body that is no JSON"),
    after_chunks: afterChunks,
  }),
  z.strictObject({
    fault: z.literal("error-200").describe("an error inside HTTP 200, instead of an answer"),
    as: z.enum(["json", "sse"]).default("json"),
    outcome: z.enum(outcomes).default("server"),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({
    fault: z.literal("stream-error").describe("an error event in the middle of a stream"),
    after_chunks: afterChunks,
    outcome: z.enum(outcomes).default("server"),
    code: z.string().optional(),
    message: z.string().optional(),
  }),
  z.strictObject({
    fault: z.literal("trickle").describe("keep-alive comments and no text"),
    every_s: z.number().positive().default(1),
    for_s: z.number().positive().optional().describe("then the answer comes; without it never"),
  }),
  z.strictObject({
    fault: z.literal("hang").describe("nothing more is sent and the connection stays open"),
    at: z.enum(["start", "headers", "stream"]).default("start"),
    after_chunks: afterChunks,
  }),
  z.strictObject({ fault: z.literal("filter-input").describe("the vendor refuses the prompt") }),
  z.strictObject({
    fault: z.literal("filter-output").describe("the vendor cuts the answer"),
    after_chunks: afterChunks,
  }),
  z.strictObject({ fault: z.literal("empty").describe("an answer without text") }),
  z.strictObject({ fault: z.literal("no-done").describe("a stream without its end mark") }),
  z.strictObject({ fault: z.literal("no-usage").describe("token counts are missing") }),
  z.strictObject({ fault: z.literal("login-page").describe("an HTML page with HTTP 200") }),
  z.strictObject({
    fault: z.literal("role-only").describe("the role frame at once, the text much later"),
    for_s: z.number().positive().default(5),
  }),
  z.strictObject({
    fault: z.literal("slow").describe("all waits are longer"),
    factor: z.number().positive().default(10),
  }),
  z.strictObject({
    fault: z.literal("escapes").describe("terminal escapes, bidi and invisible characters"),
  }),
  z.strictObject({
    fault: z.literal("long-line").describe("one very long line in the answer"),
    chars: z.int().positive().max(1_000_000).default(10_000),
  }),
]);
export type Fault = z.infer<typeof Fault>;

const Span = z.strictObject({
  from: z.number().nonnegative().default(1),
  to: z.number().nonnegative().optional().describe("included"),
});
const Numbers = z.union([z.int().positive(), z.array(z.int().positive()).min(1), Span]);
export type Numbers = z.infer<typeof Numbers>;

export const FaultRule = z.strictObject({
  model: z.string().min(1).default("*").describe("glob over model ids"),
  item: z.string().min(1).default("*").describe("glob over suite/task/item; unknown prompts are ?"),
  turn: z.int().nonnegative().optional().describe("only this turn of a dialogue, from 0"),
  attempts: Numbers.optional().describe(
    "n-th time that this model is asked this turn, as the server counts",
  ),
  requests: Numbers.optional().describe("n-th request to this model since the start"),
  seconds: Span.optional().describe("vendor seconds since the first request"),
  share: z.number().min(0).max(1).default(1).describe("of what matches, chosen by seed"),
  do: z
    .union([Fault, z.array(Fault).min(1)])
    .describe("the fault; of a list one, chosen by seed, all equally often"),
});
export type FaultRule = z.infer<typeof FaultRule>;

export const EnforcedLimit = z.strictObject({
  model: z.string().min(1).default("*").describe("glob over model ids"),
  scope: z.enum(["account", "model"]).default("model").describe("what shares the limit"),
  rpm: z.number().positive().optional(),
  tpm: z.number().positive().optional().describe("input and output tokens"),
  concurrency: z.int().positive().optional(),
  window_s: z.number().positive().default(60).describe("sliding, in vendor seconds"),
  burst_s: z
    .number()
    .positive()
    .optional()
    .describe("also enforced in each such span, in proportion, as some vendors do"),
  hint: z
    .enum(["none", "retry-after", "retry-after-ms", "reset-headers", "all"])
    .default("all")
    .describe("what a 429 says about when to come back"),
});
export type EnforcedLimit = z.infer<typeof EnforcedLimit>;

/** What a vendor does otherwise than it is asked, without saying so. */
const Habit = z.strictObject({
  model: z.string().min(1).default("*").describe("glob over the asked model ids"),
  answers_as: z
    .string()
    .min(1)
    .optional()
    .describe("another model answers, and the response names it"),
  thinks: z.enum(["always", "never"]).optional().describe("whatever the request says"),
  weights: z
    .string()
    .min(1)
    .optional()
    .describe("this simulated model answers under the asked name, and nothing says so"),
  skill: z
    .number()
    .min(-1)
    .max(1)
    .optional()
    .describe("added to the share of right answers, as by weights of fewer bits: -0.03"),
  wavers: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("share of the model's luck on an item that is new at every answer; 0: repeats agree"),
  max_tokens: z
    .int()
    .positive()
    .optional()
    .describe("replies end here, whatever the request allows"),
});
export type Habit = z.infer<typeof Habit>;

/**
 * A fault script, YAML or JSON. The first rule that matches a request and draws it into its share decides; the draw
 * depends only on seed, model, item, turn and attempt, so a run can be repeated whatever its concurrency.
 *
 *     schema: faults/1
 *     seed: 7
 *     rules:
 *       - attempts: 1                 # the first time each item is asked
 *         share: 0.6
 *         do: [{fault: status, status: 429, retry_after_s: 1}, {fault: reset}, {fault: truncate}]
 *       - {model: fengche, seconds: {from: 0, to: 60}, do: {fault: status, status: 429}}
 *     limits:
 *       - {model: xiliu, rpm: 600, concurrency: 8}
 *     habits:
 *       - {model: "gemini-2.5-*", answers_as: gemini-3.8-flash}
 */
export const FaultScript = z.strictObject({
  schema: z.literal(formats.faults),
  seed: z.int().nonnegative().default(7),
  rules: z.array(FaultRule).default([]),
  limits: z.array(EnforcedLimit).default([]),
  habits: z.array(Habit).default([]).describe("the first that matches holds"),
});
export type FaultScript = z.infer<typeof FaultScript>;
/** A script as written, before defaults are filled in. */
export type FaultScriptInput = z.input<typeof FaultScript>;
