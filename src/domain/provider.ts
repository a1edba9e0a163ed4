import { z } from "zod";

import { App, LocalCommand } from "./app/app.ts";
import { formats } from "./formats.ts";
import { Id } from "./id.ts";
import { Egress, Places } from "./life/host-place.ts";
import { Fact, LifeCycle } from "./life/life-cycle.ts";
import { Price } from "./money.ts";
import { outcomes } from "./outcome.ts";
import { Params, ThinkingWord } from "./params.ts";
import { Auth } from "./request/auth.ts";
import { BatchOffer } from "./request/batch-offer.ts";
import { expected } from "./schema/expected.ts";

const Json = z.json();
const JsonObject = z.record(z.string(), Json);

/** What a vendor accepts for a number: a range, one fixed value, or nothing (`false`). */
const NumberRule = z.union([
  z.literal(false).describe("cannot be sent"),
  z.strictObject({
    min: z.number().optional(),
    max: z.number().optional(),
    exclusive_min: z.boolean().optional(),
    exclusive_max: z.boolean().optional(),
    fixed: z.number().optional().describe("the vendor always uses this value; nothing is sent"),
  }),
]);
export type NumberRule = z.infer<typeof NumberRule>;

/** What is sent to switch a model's thinking. */
const ThinkingLevel = z.union([JsonObject, z.literal(false)]);
const ThinkingRule = z.strictObject({
  on: ThinkingLevel.optional().describe(
    "merged into the body; false: no such level, where the rows before name one",
  ),
  off: ThinkingLevel.optional(),
  low: ThinkingLevel.optional(),
  medium: ThinkingLevel.optional(),
  high: ThinkingLevel.optional(),
  levels: z
    .record(ThinkingWord, ThinkingLevel)
    .optional()
    .describe(
      "further levels by the vendor's own words, such as none, minimal, xhigh, max, adaptive",
    ),
  treated_as: z
    .record(ThinkingWord, ThinkingWord)
    .optional()
    .describe("levels that the vendor takes and silently treats as another: medium: high"),
  budget: z.string().min(1).optional().describe("the sent name of a budget in tokens"),
  default: ThinkingWord.optional().describe("the level that holds when nothing is sent"),
  refuses: z
    .union([z.array(z.string()), z.record(z.string(), z.number().nullable())])
    .optional()
    .describe("params refused while thinking, with the value that then holds where it is known"),
});
export type ThinkingRule = z.infer<typeof ThinkingRule>;

/** How a vendor's dialect differs from its protocol: data, never expressions. */
export const RequestQuirks = z.strictObject({
  max_tokens: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe("the sent name"),
  temperature: NumberRule.optional(),
  top_p: NumberRule.optional(),
  presence_penalty: NumberRule.optional(),
  frequency_penalty: NumberRule.optional(),
  seed: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe("the sent name"),
  stop: z.union([z.literal(false), z.strictObject({ max_items: z.int().positive() })]).optional(),
  system: z
    .enum(["system", "developer", "user"])
    .optional()
    .describe("the role that carries the system prompt; user: put before the first question"),
  thinking: z
    .union([z.literal(false), ThinkingRule])
    .optional()
    .describe("false: no switch, where the rows before name one"),
  tools: z
    .literal("text")
    .optional()
    .describe(
      "the model takes no tools: they are described in its system prompt and called in the text",
    ),
  empty_reply: z
    .string()
    .min(1)
    .optional()
    .describe("stands for an earlier reply without text, where the vendor refuses an empty one"),
  counts_reasoning: z
    .boolean()
    .optional()
    .describe("the vendor counts reasoning inside max_tokens; thinking_budget is added"),
  structured: z
    .enum(["json_schema", "json_object", "tool"])
    .optional()
    .describe(
      "how a reply is held to JSON, where it has to be one: response_format with a schema, response_format without, or a forced tool call",
    ),
  stream_usage: z.boolean().optional().describe("ask for usage with stream_options (default true)"),
  body: JsonObject.optional().describe(
    "merged into every request; a member that is null is left out, whoever put it in",
  ),
});
export type RequestQuirks = z.infer<typeof RequestQuirks>;

const UsagePath = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
export const UsagePaths = z.strictObject({
  input: UsagePath.optional(),
  cached_input: UsagePath.optional(),
  cache_write: UsagePath.optional(),
  output: UsagePath.optional(),
  reasoning: UsagePath.optional(),
});
export type UsagePaths = z.infer<typeof UsagePaths>;

/** A row of the error table: all conditions given must hold; the first matching row decides. */
export const ErrorRow = z.strictObject({
  status: z.int().optional(),
  code: z.string().min(1).optional().describe("glob over the vendor's code or type"),
  message: z.string().min(1).optional().describe("text that the message contains, case ignored"),
  path: z.string().min(1).optional().describe("body path that must exist"),
  headers: z
    .record(
      z.string().regex(/^[a-z0-9-]+$/, {
        error: expected(
          "小写的响应头名（如 x-error-code）",
          "a header's name in lower case, such as x-error-code",
        ),
      }),
      z.string(),
    )
    .optional()
    .describe("globs over headers of the response, all of which must be there"),
  in_200: z.boolean().optional().describe("applies to an error inside HTTP 200 only"),
  outcome: z.enum(outcomes),
});
export type ErrorRow = z.infer<typeof ErrorRow>;

export const Limits = z.strictObject({
  scope: z.enum(["account", "model"]).optional(),
  concurrency: z.int().positive().optional(),
  rpm: z.number().positive().optional(),
  tpm: z.number().positive().optional(),
  response_characters: z
    .int()
    .positive()
    .optional()
    .describe(
      "most characters of answer, and of reasoning, in one response (default: from max_tokens); past it the call ends as malformed",
    ),
});
export type Limits = z.infer<typeof Limits>;

const Variant = z.strictObject({ title: z.string().optional(), params: Params.optional() });

const modelShape = {
  title: z.string().min(1).optional(),
  vendor: z.string().min(1).optional().describe("机构, where it is not the provider"),
  base_model: z.string().min(1).optional().describe("the model family that several hosts serve"),
  returned_as: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      "globs over the names under which the vendor returns this model, beside its own and dated ones",
    ),
  path: z.string().min(1).optional().describe("instead of the provider's"),
  like: z
    .string()
    .min(1)
    .optional()
    .describe("takes the settings and prices of this model id: for a deployment of one's own"),
  context: z.int().positive().optional(),
  max_output: z.int().positive().optional(),
  request: RequestQuirks.optional(),
  usage: UsagePaths.optional(),
  errors: z.array(ErrorRow).optional(),
  limits: Limits.optional(),
  price: Price.optional(),
  batch: z
    .union([z.literal(false), BatchOffer])
    .optional()
    .describe("false: this model takes no batches, where its vendor does"),
  life: LifeCycle.optional().describe("alias, release, retirement and what comes after"),
  variants: z.record(Id, Variant).optional(),
};
export const ModelRow = z.union([
  z.strictObject({ id: z.string().min(1), ...modelShape }),
  z.strictObject({ match: z.string().min(1).describe("glob over model ids"), ...modelShape }),
]);
export type ModelRow = z.infer<typeof ModelRow>;

const networkShape = {
  proxy: z
    .string()
    .min(1)
    .optional()
    .describe(
      "http://host:port or https://host:port instead of the environment's proxies, none for no proxy; may name ${ENV}",
    ),
  ca: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe("PEM file of certificates to trust beside the usual ones; relative to the config"),
  client_cert: z.string().min(1).optional().describe("PEM file of the certificate that we show"),
  client_key: z
    .string()
    .min(1)
    .optional()
    .describe("PEM file of its key; else it stands in client_cert"),
  client_key_passphrase_env: z
    .string()
    .min(1)
    .optional()
    .describe("environment variable of the key's passphrase"),
};

const providerShape = {
  like: z
    .union([Id, z.strictObject({ use: Id, carry: z.array(z.enum(["headers", "auth"])).min(1) })])
    .optional()
    .describe(
      "another provider that this one stands on: what is not said here holds from there, save its address, headers and key; carry takes headers and auth as well",
    ),
  title: z
    .union([z.string().min(1), z.strictObject({ zh: z.string(), en: z.string() })])
    .optional(),
  protocol: Id,
  base_url: z.string().min(1).describe("may name ${ENV} or ${ENV:-default}"),
  path: z
    .string()
    .min(1)
    .optional()
    .describe("instead of the protocol's own; may name {model}, and ${ENV} or ${ENV:-default}"),
  query: z.record(z.string(), z.string()).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  auth: Auth.optional(),
  ...networkShape,
  egress: Egress.optional(),
  places: Places.optional(),
  limits: Limits.optional(),
  request: RequestQuirks.optional(),
  app: App.optional().describe("how an application is asked and read, for protocol http-app"),
  command: LocalCommand.optional().describe(
    "a program of your own that answers, for protocol command",
  ),
  usage: UsagePaths.optional(),
  errors: z.array(ErrorRow).optional(),
  models: z.array(ModelRow).optional(),
  batch: BatchOffer.optional().describe("how requests are handed in together, and at what price"),
  life: LifeCycle.optional().describe("of the whole platform"),
  facts: z.array(Fact).optional().describe("what this file rests on, each with source and day"),
  sdk: z
    .string()
    .min(1)
    .optional()
    .describe("the vendor's own SDK that sends and reads the same (conformance/)"),
  verified: z.string().min(1).optional().describe("how and when this file was checked"),
  docs: z.string().min(1).optional(),
};

/** An entry of the config's `providers:` map: a provider without `schema` and `id`. */
export const ProviderBody = z.strictObject(providerShape);
export type ProviderBody = z.infer<typeof ProviderBody>;

/** A partial provider, deep-merged over the built-in one of the same id. */
export const ProviderPatch = ProviderBody.partial();
export type ProviderPatch = z.infer<typeof ProviderPatch>;

/** A vendor's file. */
export const Provider = z.strictObject({
  schema: z.literal(formats.provider),
  id: Id,
  ...providerShape,
});
export type Provider = z.infer<typeof Provider>;
