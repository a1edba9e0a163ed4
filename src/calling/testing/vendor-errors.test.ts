import { afterAll, beforeAll, expect, test } from "vitest";

import type { Outcome } from "../../domain/outcome.ts";

import { builtinFolder } from "../../store/builtin.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { loadProtocol } from "../protocol.ts";
import { contextOf, json, type Loopback, type Served, sse, startLoopback } from "./loopback.ts";

let server: Loopback;
beforeAll(async () => {
  server = await startLoopback();
});
afterAll(() => server.close());

const page = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  headers: { ...json, ...headers },
  pieces: [JSON.stringify(body)],
});
const openai = (status: number, code: string | number | null, message: string, type = "t") =>
  page(status, { error: { message, type, param: null, code } });
const claude = (status: number, type: string, message: string) =>
  page(status, { type: "error", error: { type, message }, request_id: "r" });
const aws = (status: number, type: string, message: string) =>
  page(status, { message }, { "x-amzn-errortype": `${type}:http://internal.amazon.com/` });
const google = (code: number, status: string, message: string, details: readonly object[] = []) =>
  page(code, { error: { code, message, status, details } });
const ibm = (status_code: number, code: string, message: string) =>
  page(status_code, { errors: [{ code, message }], trace: "t", status_code });
const oracle = (status: number, code: string, message: string) => page(status, { code, message });

type Row = readonly [
  vendors: string,
  what: string,
  served: Served,
  outcome: Outcome,
  code: string | null,
];

const perDay = {
  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
  violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel" }],
};
const perMinute = {
  "@type": "type.googleapis.com/google.rpc.QuotaFailure",
  violations: [{ quotaId: "GenerateRequestsPerMinutePerProjectPerModel" }],
};

/**
 * How vendors answer the most common failures. Shapes and codes follow their API references and SDKs, as far as those
 * are known; wording marked as unverified in a vendor's file is unverified here too.
 */
const rows: readonly Row[] = [
  [
    "openai openai-responses groq together",
    "secret",
    openai(401, "invalid_api_key", "Incorrect key"),
    "auth",
    "invalid_api_key",
  ],
  [
    "openai",
    "region",
    openai(403, "unsupported_country_region_territory", "Country not supported"),
    "permission",
    "unsupported_country_region_territory",
  ],
  [
    "openai openai-responses groq",
    "model",
    openai(404, "model_not_found", "The model does not exist"),
    "model-not-found",
    "model_not_found",
  ],
  [
    "openai openai-responses azure-openai azure-openai-classic",
    "quota",
    openai(429, "insufficient_quota", "You exceeded your quota"),
    "quota",
    "insufficient_quota",
  ],
  [
    "openai",
    "filter",
    openai(400, "content_policy_violation", "against our policy"),
    "filtered-input",
    "content_policy_violation",
  ],
  [
    "openai-responses",
    "filter",
    openai(400, "invalid_prompt", "flagged"),
    "filtered-input",
    "invalid_prompt",
  ],
  [
    "openai openai-responses azure-openai azure-openai-classic groq",
    "overlong",
    openai(400, "context_length_exceeded", "too many tokens"),
    "context-overflow",
    "context_length_exceeded",
  ],

  [
    "azure-openai azure-openai-classic",
    "secret or region",
    openai(401, "401", "invalid subscription key or wrong API endpoint"),
    "auth",
    "401",
  ],
  [
    "azure-openai azure-openai-classic",
    "model",
    openai(404, "DeploymentNotFound", "The API deployment does not exist"),
    "model-not-found",
    "DeploymentNotFound",
  ],
  [
    "azure-openai azure-openai-classic",
    "filter",
    page(400, {
      error: {
        code: "content_filter",
        message: "filtered",
        param: "prompt",
        status: 400,
        innererror: {
          code: "ResponsibleAIPolicyViolation",
          content_filter_result: { hate: { filtered: true, severity: "medium" } },
        },
      },
    }),
    "filtered-input",
    "content_filter",
  ],

  [
    "anthropic anthropic-2023",
    "secret",
    claude(401, "authentication_error", "invalid x-api-key"),
    "auth",
    "authentication_error",
  ],
  [
    "anthropic anthropic-2023",
    "region",
    claude(403, "forbidden", "Request not allowed"),
    "permission",
    "forbidden",
  ],
  [
    "anthropic anthropic-2023 vertex-claude",
    "model",
    claude(404, "not_found_error", "model: probe"),
    "model-not-found",
    "not_found_error",
  ],
  [
    "anthropic anthropic-2023",
    "quota",
    claude(400, "invalid_request_error", "Your credit balance is too low to access the API"),
    "quota",
    "invalid_request_error",
  ],
  ["anthropic", "quota", claude(402, "billing_error", "billing"), "quota", "billing_error"],
  [
    "anthropic anthropic-2023 vertex-claude",
    "filter",
    claude(400, "invalid_request_error", "Output blocked by content filtering policy"),
    "filtered-output",
    "invalid_request_error",
  ],
  [
    "anthropic anthropic-2023 vertex-claude",
    "overlong",
    claude(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
    "context-overflow",
    "invalid_request_error",
  ],

  [
    "bedrock bedrock-claude",
    "secret",
    aws(
      403,
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ),
    "auth",
    "UnrecognizedClientException",
  ],
  [
    "bedrock bedrock-claude",
    "region",
    aws(403, "InvalidSignatureException", "Credential should be scoped to a valid region."),
    "auth",
    "InvalidSignatureException",
  ],
  [
    "bedrock bedrock-claude",
    "model",
    aws(400, "ValidationException", "The provided model identifier is invalid."),
    "model-not-found",
    "ValidationException",
  ],
  [
    "bedrock bedrock-claude",
    "not enabled",
    aws(403, "AccessDeniedException", "You don't have access to the model"),
    "permission",
    "AccessDeniedException",
  ],
  [
    "bedrock bedrock-claude",
    "quota",
    aws(400, "ServiceQuotaExceededException", "quota"),
    "quota",
    "ServiceQuotaExceededException",
  ],
  [
    "bedrock bedrock-claude",
    "quota",
    aws(429, "ThrottlingException", "Too many tokens per day"),
    "quota",
    "ThrottlingException",
  ],
  [
    "bedrock bedrock-claude",
    "overlong",
    aws(400, "ValidationException", "Input is too long for requested model."),
    "context-overflow",
    "ValidationException",
  ],

  [
    "gemini",
    "secret",
    google(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
    "auth",
    "INVALID_ARGUMENT",
  ],
  [
    "vertex",
    "secret",
    google(401, "UNAUTHENTICATED", "invalid authentication credentials"),
    "auth",
    "UNAUTHENTICATED",
  ],
  [
    "gemini",
    "region",
    google(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
    "permission",
    "FAILED_PRECONDITION",
  ],
  [
    "gemini vertex",
    "model",
    google(404, "NOT_FOUND", "models/probe is not found"),
    "model-not-found",
    "NOT_FOUND",
  ],
  [
    "gemini vertex",
    "quota",
    google(429, "RESOURCE_EXHAUSTED", "quota", [perDay]),
    "quota",
    "RESOURCE_EXHAUSTED",
  ],
  [
    "gemini vertex",
    "limit",
    google(429, "RESOURCE_EXHAUSTED", "quota", [perMinute]),
    "rate-limited",
    "RESOURCE_EXHAUSTED",
  ],
  [
    "gemini vertex",
    "filter",
    {
      headers: sse,
      pieces: [`data: ${JSON.stringify({ promptFeedback: { blockReason: "SAFETY" } })}\r\n\r\n`],
    },
    "filtered-input",
    "SAFETY",
  ],
  [
    "gemini vertex",
    "overlong",
    google(
      400,
      "INVALID_ARGUMENT",
      "The input token count exceeds the maximum number of tokens allowed",
    ),
    "context-overflow",
    "INVALID_ARGUMENT",
  ],

  ["cohere", "secret", page(401, { id: "i", message: "invalid api token" }), "auth", null],
  [
    "cohere",
    "model",
    page(404, { id: "i", message: "model 'probe' not found" }),
    "model-not-found",
    null,
  ],
  [
    "cohere",
    "rate",
    page(429, { message: "You are using a Trial key, which is limited to 20 API calls / minute." }),
    "rate-limited",
    null,
  ],
  [
    "cohere",
    "quota",
    page(429, { message: "You are using a Trial key, which is limited to 1000 calls a month" }),
    "quota",
    null,
  ],
  [
    "cohere",
    "filter",
    page(422, { message: "blocked input: try again with other words" }),
    "filtered-input",
    null,
  ],
  [
    "cohere",
    "overlong",
    page(400, { message: "too many tokens: size limit exceeded by 3 tokens" }),
    "context-overflow",
    null,
  ],

  [
    "watsonx",
    "secret",
    ibm(401, "authentication_token_not_valid", "Failed to authenticate"),
    "auth",
    "authentication_token_not_valid",
  ],
  [
    "watsonx",
    "model or region",
    ibm(404, "model_not_supported", "Model 'probe' is not supported for this environment"),
    "model-not-found",
    "model_not_supported",
  ],
  [
    "watsonx",
    "quota",
    ibm(403, "token_quota_reached", "monthly quota"),
    "quota",
    "token_quota_reached",
  ],
  [
    "watsonx",
    "overlong",
    ibm(
      400,
      "invalid_input_argument",
      "the number of input tokens 9000 exceeds the context length 8192",
    ),
    "context-overflow",
    "invalid_input_argument",
  ],

  [
    "oci",
    "secret",
    oracle(401, "NotAuthenticated", "authentication was not provided or was incorrect"),
    "auth",
    "NotAuthenticated",
  ],
  [
    "oci",
    "model or region",
    oracle(404, "NotAuthorizedOrNotFound", "Authorization failed or requested resource not found"),
    "model-not-found",
    "NotAuthorizedOrNotFound",
  ],
  ["oci", "quota", oracle(400, "QuotaExceeded", "quota"), "quota", "QuotaExceeded"],
  [
    "oci",
    "overlong",
    oracle(400, "InvalidParameter", "This model's maximum context length is 128000 tokens"),
    "context-overflow",
    "InvalidParameter",
  ],

  ["ollama", "model", page(404, { error: "model 'probe' not found" }), "model-not-found", null],
  [
    "ollama",
    "overlong",
    page(400, { error: "the input length exceeds the context length" }),
    "context-overflow",
    null,
  ],

  [
    "xai",
    "secret",
    page(400, {
      code: "Client specified an invalid argument",
      error: "Incorrect API key provided",
    }),
    "auth",
    "Client specified an invalid argument",
  ],
  [
    "xai",
    "overlong",
    page(400, {
      code: "Client specified an invalid argument",
      error: "This model's maximum prompt length is 131072",
    }),
    "context-overflow",
    "Client specified an invalid argument",
  ],
  [
    "xai",
    "busy inside 200",
    page(200, { code: "The service is currently unavailable", error: "try again" }),
    "overloaded",
    "The service is currently unavailable",
  ],

  ["mistral", "secret", page(401, { message: "Unauthorized", request_id: "r" }), "auth", null],
  [
    "mistral",
    "model",
    page(400, {
      object: "error",
      message: "Invalid model: probe",
      type: "invalid_model",
      param: null,
      code: "1500",
    }),
    "model-not-found",
    "1500",
  ],
  [
    "mistral",
    "overlong",
    page(400, {
      object: "error",
      message:
        "Prompt contains 40000 tokens, too large for model with 32768 maximum context length",
      type: "invalid_request_error",
      code: "3051",
    }),
    "context-overflow",
    "3051",
  ],

  [
    "groq",
    "quota",
    openai(429, "rate_limit_exceeded", "Rate limit reached on tokens per day (TPD)"),
    "quota",
    "rate_limit_exceeded",
  ],

  ["openrouter", "secret", openai(401, 401, "No auth credentials found"), "auth", "401"],
  [
    "openrouter",
    "model",
    openai(404, 404, "No endpoints found for probe"),
    "model-not-found",
    "404",
  ],
  ["openrouter", "quota", openai(402, 402, "Insufficient credits"), "quota", "402"],
  [
    "openrouter",
    "filter",
    page(403, {
      error: {
        code: 403,
        message: "flagged",
        metadata: { reasons: ["violence"], flagged_input: "…" },
      },
    }),
    "filtered-input",
    "403",
  ],
  [
    "openrouter",
    "overlong",
    openai(400, 400, "This endpoint's maximum context length is 32768 tokens"),
    "context-overflow",
    "400",
  ],

  ["huggingface", "secret", page(401, { error: "Invalid username or password." }), "auth", null],
  [
    "huggingface",
    "model",
    openai(400, "model_not_found", "The requested model does not exist"),
    "model-not-found",
    "model_not_found",
  ],
  [
    "huggingface",
    "quota",
    page(402, { error: "You have exceeded your monthly included credits" }),
    "quota",
    null,
  ],
  [
    "together",
    "model",
    openai(404, "model_not_available", "Unable to access model probe"),
    "model-not-found",
    "model_not_available",
  ],
  [
    "together",
    "quota",
    openai(402, null, "Credit limit exceeded", "credit_limit"),
    "quota",
    "credit_limit",
  ],

  [
    "vllm sglang",
    "model",
    page(404, {
      object: "error",
      message: "The model `probe` does not exist.",
      type: "NotFoundError",
      param: null,
      code: 404,
    }),
    "model-not-found",
    "404",
  ],
  [
    "vllm",
    "overlong",
    openai(400, 400, "This model's maximum context length is 4096 tokens", "BadRequestError"),
    "context-overflow",
    "400",
  ],
  [
    "llama-cpp",
    "overlong",
    openai(400, 400, "the request exceeds the available context size", "exceed_context_size_error"),
    "context-overflow",
    "400",
  ],
];

const asked = rows.flatMap(([vendors, ...rest]) =>
  vendors.split(" ").map((vendor) => [vendor, ...rest] as const),
);

test.each(asked)("%s, %s", async (vendor, what, served, outcome, code) => {
  const [target] = await resolveTargets([`${vendor}/probe`], {
    config: null,
    env: {},
    builtin: builtinFolder("providers"),
    now: new Date(),
    via_sim_url: server.url,
  });
  const protocol = await loadProtocol(target?.entry.protocol ?? "");
  if (target === undefined || protocol === null) throw new Error(`no target of ${vendor}`);
  server.serve(served);
  const reply = await protocol.attempt(
    {
      endpoint: target.endpoint,
      model: "probe",
      messages: [{ role: "user", text: what }],
      params: {},
    },
    contextOf(server.http),
  );
  expect({ outcome: reply.outcome, code: reply.code }).toEqual({ outcome, code });
  expect(reply.status).toBe(served.status ?? 200);
  // The vendor's own message.
  const words = String(served.pieces[0]);
  if (outcome !== "filtered-input" || reply.status !== 200) {
    expect(words).toContain(JSON.stringify(reply.message?.split(" (")[0]).slice(1, -1));
  }
});
