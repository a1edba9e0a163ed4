import { expect, test } from "vitest";

import type { Outcome } from "../../domain/outcome.ts";

import { outcomeOf } from "../failure.ts";
import { openaiError } from "./openai-error.ts";

/** The outcome at a host whose file has no rows. */
function meant(status: number, body: unknown): Outcome {
  const error = openaiError(body);
  const { code = null, message = "" } = error ?? {};
  return outcomeOf([], { status, code, message, body });
}

const enveloped = (code: string | number | null, message: string, type = "one_api_error") => ({
  error: { message, type, param: "", code },
});

test.each<[string, number, string | number | null, string, Outcome]>([
  // Filters
  [
    "千问, 输入",
    400,
    "data_inspection_failed",
    "Input data may contain inappropriate content. (request id: 20261129)",
    "filtered-input",
  ],
  [
    "千问, 输出",
    400,
    "DataInspectionFailed",
    "Output data may contain inappropriate content. (request id: 20261129)",
    "filtered-output",
  ],
  [
    "千问, in the words alone",
    500,
    null,
    "<400> InternalError.Algo.DataInspectionFailed: Input text data may contain inappropriate content.",
    "filtered-input",
  ],
  ["智谱", 400, "1301", "系统检测到输入或生成内容可能包含不安全或敏感内容", "filtered-input"],
  ["智谱, its code as a number", 500, 1301, "bad response", "filtered-input"],
  ["MiniMax, 输入", 500, null, "input new_sensitive (1026)", "filtered-input"],
  ["MiniMax, 输出", 500, null, "output new_sensitive (1027)", "filtered-output"],
  ["星火", 500, "10013", "InputAuditError", "filtered-input"],
  ["星火, 输出", 200, 10_014, "OutputAuditError:(10014)", "filtered-output"],
  [
    "方舟, 输出",
    400,
    "OutputTextSensitiveContentDetected",
    "The request failed because the output text may contain sensitive information.",
    "filtered-output",
  ],
  [
    "Kimi",
    400,
    null,
    "The request was rejected because it was considered high risk",
    "filtered-input",
  ],
  ["DeepSeek", 400, null, "Content Exists Risk", "filtered-input"],
  ["腾讯", 451, "451001", "content filtered", "filtered-input"],
  [
    "Azure",
    400,
    null,
    "The response was filtered due to the prompt triggering our content management policy.",
    "filtered-input",
  ],
  ["Claude", 400, null, "Output blocked by content filtering policy", "filtered-output"],
  ["new-api", 400, "sensitive_words_detected", "用户消息中包含敏感词", "filtered-input"],
  ["一句话, 输入", 400, null, "您的提问包含违规内容，请修改后再试", "filtered-input"],
  ["一句话, 输出", 500, null, "模型生成的回复未通过安全审核", "filtered-output"],
  ["法规", 403, null, "根据相关法律法规，内容违反国家政策，无法回答", "filtered-input"],
  // Money
  ["余额", 429, null, "账户余额不足，请先充值", "quota"],
  ["欠费", 400, null, "您的账号已欠费停机", "quota"],
  ["智谱, 欠费", 429, "1113", "余额不足或无可用资源包，请充值。", "quota"],
  ["new-api", 403, "insufficient_user_quota", "用户额度不足, 剩余额度: ¥0.002", "quota"],
  ["new-api, 预扣费", 403, null, "预扣费额度失败, 用户剩余额度不足", "quota"],
  ["one-api, 令牌", 403, null, "该令牌额度已用尽", "quota"],
  [
    "LiteLLM",
    400,
    "400",
    "Budget has been exceeded! Current cost: 10.2, Max budget: 10.0",
    "quota",
  ],
  ["LiteLLM, its type", 400, null, "ExceededTokenBudget: current 12 max 10", "quota"],
  ["OpenRouter", 402, 402, "This request requires more credits, or fewer max_tokens.", "quota"],
  ["OpenRouter, free models", 429, 429, "Rate limit exceeded: free-models-per-day", "quota"],
  [
    "OpenAI",
    429,
    "insufficient_quota",
    "You exceeded your current quota, please check your plan and billing details.",
    "quota",
  ],
  ["Claude", 400, null, "Your credit balance is too low to access the API.", "quota"],
  [
    "千问, 欠费",
    400,
    "Arrearage",
    "Access denied, please make sure your account is in good standing.",
    "quota",
  ],
  ["千问, 免费额度", 403, null, "Free allocated quota exceeded.", "quota"],
  ["DeepSeek", 402, null, "Insufficient Balance", "quota"],
  [
    "Kimi",
    429,
    "exceeded_current_quota_error",
    "Your account is suspended, please check your plan and billing details",
    "quota",
  ],
  ["Hugging Face", 402, null, "You have exceeded your monthly included credits", "quota"],
  [
    "xAI",
    403,
    null,
    "Your team has either used all available credits or reached its monthly spending limit.",
    "quota",
  ],
  ["a day's cap", 429, "1304", "已达到今日调用次数上限", "quota"],
  ["免费额度", 429, null, "模型免费额度已用完，请开通付费", "quota"],
  ["套餐", 403, null, "您的套餐已到期", "quota"],
  // Rates
  ["智谱", 429, "1302", "您的账户已达到速率限制", "rate-limited"],
  ["one code of 智谱 with another status", 500, "1303", "当前 API 调用频率过高", "rate-limited"],
  [
    "千问, TPM with the code of an empty account",
    429,
    "insufficient_quota",
    "Allocated quota exceeded, please increase your quota limit.",
    "rate-limited",
  ],
  ["千问", 400, null, "Requests rate limit exceeded, please try again later.", "rate-limited"],
  [
    "Gemini, a minute",
    429,
    null,
    "You exceeded your current quota. Quota exceeded for metric: generate_requests, limit: 15. Please retry in 31.2s.",
    "rate-limited",
  ],
  [
    "Gemini, a day",
    429,
    null,
    "You exceeded your current quota (GenerateRequestsPerDayPerProjectPerModel)",
    "quota",
  ],
  [
    "Kimi",
    429,
    null,
    "request reached max organization concurrency: 3, please try again after 1 seconds",
    "rate-limited",
  ],
  [
    "方舟",
    429,
    "ModelAccountTpmRateLimitExceeded",
    "The Tokens Per Minute (TPM) limit is exceeded",
    "rate-limited",
  ],
  [
    "Claude",
    400,
    null,
    "This request would exceed your account's rate limit of 50 requests per minute",
    "rate-limited",
  ],
  ["Bedrock", 400, null, "Too many tokens, please wait before trying again.", "rate-limited"],
  [
    "Cohere, trial key",
    429,
    null,
    "You are using a Trial key, which is limited to 20 API calls / minute.",
    "rate-limited",
  ],
  [
    "Cohere, trial key of a month",
    429,
    null,
    "You are using a Trial key, which is limited to 1000 API calls / month.",
    "quota",
  ],
  ["频繁", 400, null, "请求过于频繁，请稍后再试", "rate-limited"],
  ["并发", 500, null, "超出最大并发限制", "rate-limited"],
  ["并发额度", 429, null, "当前并发额度不足", "rate-limited"],
  ["QPS", 403, null, "QPS超限", "rate-limited"],
  ["限流", 503, null, "触发限流", "rate-limited"],
  ["its status inside", 200, 429, "upstream", "rate-limited"],
  ["its status behind a gateway", 502, 429, "upstream", "rate-limited"],
  // Busy
  ["one-api", 429, null, "当前分组上游负载已饱和，请稍后再试", "overloaded"],
  ["智谱", 500, "1312", "该模型访问量过大", "overloaded"],
  [
    "千问",
    400,
    null,
    "Too many requests. Your requests are being throttled due to system capacity limits.",
    "overloaded",
  ],
  ["LiteLLM", 400, null, "There are no healthy deployments for this model", "overloaded"],
  ["SGLang", 400, null, "The request queue is full.", "overloaded"],
  ["TGI", 429, "overloaded", "Model is overloaded", "overloaded"],
  ["Hugging Face", 500, null, "Model my/model is currently loading", "overloaded"],
  [
    "Ollama",
    500,
    null,
    "server busy, please try again. maximum pending requests exceeded",
    "overloaded",
  ],
  ["繁忙", 500, null, "服务繁忙，请稍后重试", "overloaded"],
  // Context
  [
    "llama.cpp",
    400,
    null,
    "the request (588 tokens) exceeds the available context size (512 tokens)",
    "context-overflow",
  ],
  [
    "LiteLLM",
    400,
    "400",
    "litellm.ContextWindowExceededError: litellm.BadRequestError: prompt is too long",
    "context-overflow",
  ],
  [
    "SGLang",
    400,
    null,
    "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
    "context-overflow",
  ],
  [
    "SGLang, another",
    400,
    null,
    "Input length (9000 tokens) exceeds the maximum allowed length (8191 tokens).",
    "context-overflow",
  ],
  [
    "vLLM",
    400,
    null,
    "The decoder prompt (length 9000) is longer than the maximum model length of 8192.",
    "context-overflow",
  ],
  [
    "vLLM, a negative rest",
    400,
    null,
    "max_tokens must be at least 1, got -808.",
    "context-overflow",
  ],
  [
    "vLLM, output too",
    400,
    null,
    "'max_tokens' or 'max_completion_tokens' is too large: 9000. This model's maximum context length is 8192 tokens",
    "context-overflow",
  ],
  [
    "TGI",
    422,
    null,
    "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000",
    "context-overflow",
  ],
  [
    "TGI, inputs",
    422,
    null,
    "Input validation error: `inputs` must have less than 1024 tokens. Given: 2000",
    "context-overflow",
  ],
  [
    "LM Studio",
    400,
    null,
    "Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens",
    "context-overflow",
  ],
  [
    "千问",
    400,
    "invalid_parameter_error",
    "Range of input length should be [1, 30720]",
    "context-overflow",
  ],
  ["Claude", 400, null, "prompt is too long: 210000 tokens > 200000 maximum", "context-overflow"],
  [
    "Claude, both",
    400,
    null,
    "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    "context-overflow",
  ],
  ["智谱", 400, "1261", "Prompt 超长", "context-overflow"],
  [
    "Gemini",
    400,
    null,
    "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
    "context-overflow",
  ],
  [
    "Kimi",
    400,
    null,
    "Invalid request: Your request exceeded model token limit: 8192",
    "context-overflow",
  ],
  [
    "Mistral",
    400,
    null,
    "Prompt contains 40000 tokens, too large for model with 32768 maximum context length",
    "context-overflow",
  ],
  [
    "xAI",
    400,
    null,
    "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
    "context-overflow",
  ],
  ["百度 V1", 200, 336_007, "the max input characters is 2000", "context-overflow"],
  ["中文", 400, null, "输入内容过长，超出模型最大上下文长度", "context-overflow"],
  ["中文, tokens", 500, null, "请求的 token 数超过模型上限", "context-overflow"],
  // Model
  [
    "LiteLLM",
    400,
    "400",
    "Invalid model name passed in model=my-model. Call `/v1/models` to view available models",
    "model-not-found",
  ],
  [
    "new-api",
    503,
    "model_not_found",
    "分组 default 下模型 my-model 无可用渠道（distributor）",
    "model-not-found",
  ],
  ["one-api", 503, null, "当前分组 default 下对于模型 my-model 无可用渠道", "model-not-found"],
  ["OpenRouter", 400, 400, "my/model is not a valid model ID", "model-not-found"],
  ["Ollama", 500, null, "model 'my-model' not found, try pulling it first", "model-not-found"],
  [
    "OpenAI",
    403,
    null,
    "The model `my-model` does not exist or you do not have access to it.",
    "model-not-found",
  ],
  [
    "Groq",
    400,
    "model_decommissioned",
    "The model `my-model` has been decommissioned",
    "model-not-found",
  ],
  ["智谱", 400, "1211", "模型不存在，请检查模型代码。", "model-not-found"],
  [
    "LM Studio",
    200,
    null,
    "Unexpected endpoint or method. (POST /chat/completions)",
    "model-not-found",
  ],
  // Keys
  ["智谱", 400, "1003", "Authentication Token已过期", "auth"],
  ["one-api", 400, null, "无效的令牌 (request id: 20261129)", "auth"],
  ["Gemini", 400, null, "API key not valid. Please pass a valid API key.", "auth"],
  ["OpenAI", 400, null, "Incorrect API key provided: sk-no***here.", "auth"],
  ["DeepSeek", 400, null, "Authentication Fails (no such user)", "auth"],
  ["MiniMax", 200, 1004, "login fail: Please carry the API secret key", "auth"],
  [
    "LiteLLM",
    400,
    null,
    "litellm.AuthenticationError: AuthenticationError: OpenAIException",
    "auth",
  ],
  // Permission
  ["one-api", 400, null, "该令牌无权使用模型：my-model", "permission"],
  ["Gemini", 400, null, "User location is not supported for the API use.", "permission"],
  [
    "LiteLLM",
    401,
    "key_model_access_denied",
    "key not allowed to access model. This key can only access models=['a']",
    "permission",
  ],
  // What is none of these
  ["a parameter", 400, null, "temperature must be between 0 and 2", "bad-request"],
  [
    "a parameter of the model",
    400,
    "unsupported_parameter",
    "Unsupported parameter: 'max_tokens' is not supported with this model.",
    "bad-request",
  ],
  [
    "an output limit",
    400,
    null,
    "max_tokens is too large: 100000. This model supports at most 16384 completion tokens",
    "bad-request",
  ],
  ["an output limit in Chinese", 400, null, "max_tokens 超过最大值 8192", "bad-request"],
  ["a strict schema", 422, null, "Extra inputs are not permitted", "bad-request"],
  [
    "larger than a minute",
    413,
    "rate_limit_exceeded",
    "Request too large for model `my-model` on tokens per minute (TPM): Limit 6000, Requested 9000",
    "bad-request",
  ],
  ["大小写", 400, null, "参数名大小写敏感", "bad-request"],
  ["an unknown error inside 200", 200, "E1", "oops", "server"],
  ["an unknown 500", 500, null, "oops", "server"],
])("%s: %s %s %s is %s", (_, status, code, message, outcome) => {
  expect(meant(status, enveloped(code, message))).toBe(outcome);
});

test.each<[string, number, unknown, Outcome]>([
  [
    "JSON inside a gateway's message",
    500,
    enveloped(null, 'BadRequestError: {"error":{"code":"1301","message":"blocked"}}'),
    "filtered-input",
  ],
  [
    "what the upstream said, beside a message that says nothing",
    429,
    {
      error: {
        message: "Provider returned error",
        code: 429,
        metadata: { raw: '{"code":30001,"message":"Sorry, your account balance is insufficient"}' },
      },
    },
    "quota",
  ],
  [
    "a code of the vendor behind",
    502,
    { error: { message: "upstream", upstream_code: "RateLimitExceeded.EndpointRPMExceeded" } },
    "rate-limited",
  ],
  [
    "MiniMax's envelope",
    200,
    { base_resp: { status_code: 1008, status_msg: "insufficient balance" } },
    "quota",
  ],
  [
    "百度's envelope",
    200,
    { error_code: 336_103, error_msg: "prompt tokens too long" },
    "context-overflow",
  ],
  [
    "华为's envelope",
    403,
    { error_code: "ModelArts.81011", error_msg: "May contain sensitive" },
    "filtered-input",
  ],
  [
    "FastAPI's envelope",
    400,
    { detail: "Model not loaded: context window exceeded" },
    "context-overflow",
  ],
  [
    "TGI's envelope",
    422,
    {
      error: "Input validation error: `inputs` must have less than 10 tokens. Given: 20",
      error_type: "validation",
    },
    "context-overflow",
  ],
  [
    "vLLM's envelope",
    404,
    { object: "error", message: "The model `x` does not exist.", type: "NotFoundError", code: 404 },
    "model-not-found",
  ],
  [
    "a strict schema that quotes the request",
    422,
    { detail: [{ type: "extra_forbidden", msg: "Extra inputs are not permitted", input: "敏感" }] },
    "bad-request",
  ],
  ["a body that ends nowhere", 400, nested(3_000), "bad-request"],
])("%s", (_, status, body, outcome) => {
  expect(meant(status, body)).toBe(outcome);
});

test("a vendor's own rows win", () => {
  const body = enveloped("1301", "敏感");
  const facts = { status: 400, code: "1301", message: "敏感", body };
  expect(outcomeOf([{ code: "1301", outcome: "server" }], facts)).toBe("server");
});

function nested(depth: number): unknown {
  let value: unknown = { code: "1301" };
  for (let level = 0; level < depth; level += 1) value = { error: value };
  return value;
}
