import { expect, test } from "vitest";

import type { Outcome } from "../../domain/outcome.ts";

import { outcomeOf } from "../failure.ts";
import { foreignError } from "./openai-error.ts";

/** The outcome at a host whose file has no rows; a body that is plain words is its own message. */
function meant(status: number, body: unknown): Outcome {
  const error = foreignError(body);
  const message = error?.message ?? (typeof body === "string" ? body : "");
  return outcomeOf([], { status, code: error?.code ?? null, message, body });
}

const e = (message: string, code: string | null = null, type = "invalid_request_error") => ({
  error: { message, type, code },
});

/**
 * What vLLM, SGLang, llama.cpp, Ollama, LM Studio, TGI, Xinference and transformers serve say, and what LiteLLM, one-api,
 * new-api, Higress and Portkey say or pass on.
 */
const said: readonly (readonly [Outcome, number, unknown])[] = [
  [
    "context-overflow",
    400,
    e(
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4500 in the messages, 500 in the completion). Please reduce the length of the messages or completion.",
    ),
  ],
  [
    "context-overflow",
    400,
    {
      object: "error",
      message:
        "The decoder prompt (length 5021) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
  ],
  [
    "context-overflow",
    400,
    e(
      "The prompt (total length 5021) is too long to fit into the model (context length 4096). Make sure that `max_model_len` is no smaller than the number of text tokens plus multimodal tokens.",
      "400",
    ),
  ],
  [
    "context-overflow",
    400,
    e("Input length (9000) exceeds model's maximum context length (8192)."),
  ],
  [
    "context-overflow",
    400,
    {
      object: "error",
      message: "The input (5021 tokens) is longer than the model's context length (4096 tokens).",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
  ],
  [
    "context-overflow",
    400,
    {
      object: "error",
      message:
        "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a total of 9000 tokens: 8000 tokens from the input messages and 1000 tokens for the completion. Please reduce the number of tokens in the input messages or the completion to fit within the limit.",
      type: "BadRequestError",
      param: null,
      code: 400,
    },
  ],
  [
    "context-overflow",
    400,
    {
      message:
        "Input length (40021 tokens) exceeds the maximum allowed length (32762 tokens). Use a shorter input or enable --allow-auto-truncate.",
    },
  ],
  [
    "context-overflow",
    400,
    {
      error: {
        code: 400,
        message:
          "request (588 tokens) exceeds the available context size (512 tokens), try increasing it",
        type: "exceed_context_size_error",
        n_prompt_tokens: 588,
        n_ctx: 512,
      },
    },
  ],
  [
    "context-overflow",
    400,
    {
      error: {
        code: 400,
        message:
          "the request exceeds the available context size. try increasing the context size or enable context shift",
        type: "invalid_request_error",
      },
    },
  ],
  [
    "context-overflow",
    500,
    {
      error: {
        code: 500,
        message: "input is too large to process. increase the physical batch size",
        type: "server_error",
      },
    },
  ],
  [
    "context-overflow",
    500,
    { error: { code: 500, message: "context shift is disabled", type: "server_error" } },
  ],
  [
    "context-overflow",
    400,
    { error: "prompt too long; exceeded max context length by 1021 tokens" },
  ],
  ["context-overflow", 400, { error: "the input length exceeds the context length" }],
  [
    "context-overflow",
    400,
    {
      error:
        "Trying to keep the first 5021 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input",
    },
  ],
  [
    "context-overflow",
    400,
    {
      error:
        "The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input",
    },
  ],
  [
    "context-overflow",
    422,
    {
      error:
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 20 `max_new_tokens`",
      error_type: "validation",
    },
  ],
  [
    "context-overflow",
    422,
    {
      error: "Input validation error: `inputs` must have less than 1024 tokens. Given: 2000",
      error_type: "validation",
    },
  ],
  [
    "context-overflow",
    400,
    {
      detail:
        "[address=0.0.0.0:43211, pid=991] Requested tokens (5021) exceed context window of 4096",
    },
  ],
  ["context-overflow", 500, { detail: "Requested tokens (5021) exceed context window of 4096" }],
  [
    "context-overflow",
    400,
    e(
      "litellm.BadRequestError: litellm.ContextWindowExceededError: ContextWindowExceededError: Hosted_vllmException - too long. Received Model Group=m\nAvailable Model Group Fallbacks=None",
      "400",
    ),
  ],
  [
    "context-overflow",
    400,
    e(
      "litellm.ContextWindowExceededError: AnthropicError - prompt is too long: 215000 tokens > 200000 maximum. Received Model Group=claude",
      "400",
    ),
  ],
  [
    "context-overflow",
    400,
    e(
      "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 129024]",
      "invalid_parameter_error",
    ),
  ],
  [
    "context-overflow",
    400,
    e(
      "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens` and try again (request id: 2026)",
      "upstream_error",
      "one_api_error",
    ),
  ],
  ["context-overflow", 400, e("Prompt exceeds max length", "1261")],
  ["context-overflow", 400, e("Prompt 超长", "1261")],
  [
    "context-overflow",
    400,
    e("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
  ],
  [
    "context-overflow",
    400,
    e("Your request exceeded model token limit: 262144 (requested: 300000)"),
  ],
  [
    "context-overflow",
    400,
    e(
      "Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens. Please reduce the length of the messages.",
      "context_length_exceeded",
    ),
  ],
  [
    "context-overflow",
    400,
    e(
      "Your input exceeds the context window of this model. Please adjust your input and try again.",
    ),
  ],
  [
    "context-overflow",
    400,
    e("This model's maximum prompt length is 131072 but the request contains 200000 tokens."),
  ],
  [
    "context-overflow",
    400,
    e(
      "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    ),
  ],
  [
    "context-overflow",
    400,
    {
      message:
        "too many tokens: total number of tokens in the prompt cannot exceed 128000 - received 130000. Try using a shorter prompt.",
    },
  ],
  ["context-overflow", 400, { message: "Input is too long for requested model." }],
  [
    "context-overflow",
    400,
    e(
      "This endpoint's maximum context length is 32768 tokens. However, you requested about 40000 tokens (40000 of text input).",
    ),
  ],
  ["context-overflow", 400, e("The prompt is too long: 5000, model maximum context length: 4096")],
  [
    "context-overflow",
    400,
    e("the number of input tokens 5000 cannot exceed the total tokens limit 4096 for this model"),
  ],
  ["context-overflow", 400, e("Input length 140000 exceeds the maximum length 131072")],
  ["context-overflow", 400, e("Total tokens of image and text exceed max message tokens")],
  ["context-overflow", 400, e("输入内容过长，已超过模型支持的最大上下文长度")],
  [
    "context-overflow",
    400,
    e("the prompt exceeds the context window of the loaded model (n_ctx = 2048)"),
  ],
  ["context-overflow", 400, e("Conversation is too long for this model: 9001 tokens, limit 8192")],
  ["context-overflow", 413, { detail: "Payload too large" }],
  [
    "context-overflow",
    400,
    {
      detail: {
        error: {
          message: "Prompt length 5021 exceeds limit 4096 of this worker",
          type: "invalid_request",
        },
      },
    },
  ],
  [
    "model-not-found",
    404,
    {
      object: "error",
      message: "The model `no-such` does not exist.",
      type: "NotFoundError",
      param: null,
      code: 404,
    },
  ],
  [
    "model-not-found",
    404,
    {
      error: {
        message: "The model `no-such` does not exist.",
        type: "NotFoundError",
        param: "model",
        code: 404,
      },
    },
  ],
  ["model-not-found", 404, { error: "model 'no-such' not found" }],
  ["model-not-found", 404, { error: 'model "no-such" not found, try pulling it first' }],
  [
    "model-not-found",
    400,
    {
      error: {
        message:
          'Invalid model identifier "no-such". Please specify a valid downloaded model (e.g. qwen3-8b).',
        type: "invalid_request_error",
        param: "model",
        code: "model_not_found",
      },
    },
  ],
  [
    "model-not-found",
    400,
    {
      error: {
        message:
          'Invalid model identifier "no-such". Please specify a valid downloaded model (e.g. qwen3-8b).',
      },
    },
  ],
  [
    "model-not-found",
    404,
    {
      error: {
        message:
          "No models loaded. Please load a model in the developer page or use the `lms load` command.",
        type: "invalid_request_error",
      },
    },
  ],
  ["model-not-found", 400, { error: 'Failed to load model "no-such". Error: Model not found.' }],
  [
    "model-not-found",
    400,
    { detail: "[address=0.0.0.0:1, pid=2] Model not found in the model list, uid: no-such" },
  ],
  ["model-not-found", 400, { detail: "Model not found in the model list, uid: no-such" }],
  [
    "model-not-found",
    500,
    {
      detail:
        "no-such is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
    },
  ],
  [
    "model-not-found",
    400,
    {
      error: {
        message:
          "/chat/completions: Invalid model name passed in model=no-such. Call `/v1/models` to view available models for your key.",
        type: "invalid_request_error",
        param: "model",
        code: "400",
      },
    },
  ],
  [
    "model-not-found",
    400,
    {
      error: {
        message:
          "{'error': '/chat/completions: Invalid model name passed in model=no-such. Call `/v1/models` to view available models for your key.'}",
        type: "None",
        param: "None",
        code: "400",
      },
    },
  ],
  [
    "model-not-found",
    503,
    e("当前分组 default 下对于模型 no-such 无可用渠道（request id: 2026）", null, "one_api_error"),
  ],
  [
    "model-not-found",
    503,
    e(
      "分组 default 下模型 no-such 无可用渠道（distributor） (request id: 2026)",
      "model_not_found",
      "new_api_error",
    ),
  ],
  [
    "model-not-found",
    503,
    e(
      "No available channel for model no-such under group default (distributor) (request id: 2026)",
      "model_not_found",
      "new_api_error",
    ),
  ],
  [
    "model-not-found",
    500,
    e(
      "模型 no-such 倍率或价格未配置，请联系管理员设置或开始自用模式",
      "model_price_error",
      "new_api_error",
    ),
  ],
  ["model-not-found", 404, { detail: "Model 'no-such' is not served here" }],
  ["model-not-found", 404, e("The model no-such is not registered with this gateway")],
  ["model-not-found", 400, e("unknown model: no-such")],
  ["model-not-found", 400, e("Model no-such is not in the list of served models")],
  ["model-not-found", 404, { detail: "Not Found" }],
  [
    "quota",
    400,
    {
      error: {
        message: "Budget has been exceeded! Current cost: 0.0123, Max budget: 0.001",
        type: "budget_exceeded",
        param: null,
        code: "400",
      },
    },
  ],
  [
    "quota",
    400,
    {
      error: {
        message: "ExceededBudget: User=u1 over budget. Spend=1.2, Budget=1.0",
        type: "auth_error",
        param: "None",
        code: 400,
      },
    },
  ],
  [
    "quota",
    403,
    e("用户额度不足, 剩余额度: ¥0.000000", "insufficient_user_quota", "new_api_error"),
  ],
  [
    "quota",
    403,
    e(
      "预扣费额度失败, 用户剩余额度: ＄0.002, 需要预扣费额度: ＄0.1 (request id: 2026)",
      "insufficient_user_quota",
      "new_api_error",
    ),
  ],
  ["quota", 403, e("预扣费额度失败, 用户剩余额度: ＄0.002, 需要预扣费额度: ＄0.1")],
  [
    "quota",
    401,
    e(
      "该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = 0 (request id: 2026)",
      null,
      "new_api_error",
    ),
  ],
  [
    "quota",
    403,
    e(
      "token quota is not enough, token remain quota: ＄0.001, need quota: ＄0.02",
      "pre_consume_token_quota_failed",
      "new_api_error",
    ),
  ],
  ["quota", 403, "Request denied by ai quota check, No quota left"],
  [
    "quota",
    403,
    { code: "ai-quota.noquota", message: "Request denied by ai quota check, No quota left" },
  ],
  [
    "quota",
    412,
    {
      status: "failure",
      message: "Portkey Error: Usage limits have been exceeded for this virtual key",
    },
  ],
  [
    "quota",
    412,
    { error: { message: "Budget limit exceeded for this API key", type: "usage_limits_exceeded" } },
  ],
  [
    "permission",
    401,
    {
      error: {
        message:
          "Authentication Error, key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access no-such",
        type: "key_model_access_denied",
        param: "model",
        code: "401",
      },
    },
  ],
  [
    "permission",
    403,
    {
      error: {
        message:
          "team not allowed to access model. This team can only access models=['a']. Tried to access b",
        type: "team_model_access_denied",
        param: "model",
        code: "403",
      },
    },
  ],
  ["permission", 403, e("该令牌无权访问模型 gpt-x (request id: 2026)", null, "new_api_error")],
  [
    "permission",
    403,
    e("This token has no access to model gpt-x (request id: 2026)", null, "new_api_error"),
  ],
  ["permission", 403, "Request denied by Key Auth check. Unauthorized consumer."],
  [
    "permission",
    403,
    {
      status: "failure",
      message: "Portkey Error: You do not have enough permissions to execute this request",
    },
  ],
  [
    "auth",
    401,
    {
      error: {
        message:
          "Authentication Error, Invalid proxy server token passed. Received API Key = sk-...1234, Key Hash (Token) =abc. Unable to find token in cache or `LiteLLM_VerificationTokenTable`",
        type: "token_not_found_in_db",
        param: "key",
        code: "401",
      },
    },
  ],
  [
    "auth",
    401,
    {
      error: {
        message:
          "Authentication Error, LiteLLM Virtual Key expected. Received=abc, expected to start with 'sk-'.",
        type: "auth_error",
        code: "401",
      },
    },
  ],
  [
    "auth",
    401,
    {
      error: {
        message: "Authentication Error, No api key passed in.",
        type: "auth_error",
        param: "None",
        code: "401",
      },
    },
  ],
  ["auth", 401, e("无效的令牌 (request id: 2026)", null, "new_api_error")],
  ["auth", 401, e("Invalid token (request id: 2026)", null, "new_api_error")],
  ["auth", 401, e("该令牌已过期", null, "one_api_error")],
  ["auth", 401, "Request denied by Key Auth check. No API key found in request."],
  ["auth", 401, { status: "failure", message: "Invalid API Key. Error Code: 03" }],
  [
    "rate-limited",
    429,
    {
      error: {
        message:
          "Crossed TPM / RPM / Max Parallel Request Limit. Hit limit for api_key: abc. Max parallel request limit 1, current usage 2",
        type: "None",
        code: "429",
      },
    },
  ],
  [
    "rate-limited",
    429,
    e("您已达到总请求数限制：1分钟内最多请求10次，包括失败次数，请检查您的请求是否正确"),
  ],
  ["rate-limited", 429, e("您已达到请求数限制：1分钟内最多请求10次")],
  [
    "rate-limited",
    429,
    e(
      "No deployments available for selected model, Try again in 5 seconds. Passed model=m. pre-call-checks=False, cooldown_list=['a']",
      "429",
    ),
  ],
  ["overloaded", 503, e("当前分组上游负载已饱和，请稍后再试", null, "new_api_error")],
  ["overloaded", 500, e("litellm.ServiceUnavailableError: no healthy deployments for this model")],
  [
    "filtered-input",
    446,
    {
      hook_results: { before_request_hooks: [] },
      error: {
        message:
          "The guardrail checks defined in the config failed. You can find more information in the `hook_results` object.",
        type: "hooks_failed",
        param: null,
        code: null,
      },
    },
  ],
  [
    "bad-request",
    400,
    {
      status: "failure",
      message: "Either x-portkey-config or x-portkey-provider header is required",
    },
  ],
  [
    "bad-request",
    422,
    { detail: [{ loc: ["body", "messages"], msg: "Field required", type: "missing" }] },
  ],
  [
    "bad-request",
    400,
    e("max_tokens is too large: 999999. This model supports at most 16384 completion tokens."),
  ],
  ["bad-request", 400, e("max_tokens must be less than or equal to 8192")],
  ["server", 500, { detail: "Internal Server Error" }],
];

test.each(said)("%s: %i %j", (outcome, status, body) => {
  expect(meant(status, body)).toBe(outcome);
  expect(foreignError(body)?.message ?? "").not.toMatch(/^\{|^\["/);
});
