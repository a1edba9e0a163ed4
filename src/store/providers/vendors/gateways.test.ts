import { afterAll, describe, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import { json, type Served } from "../../../calling/testing/loopback.ts";
import { type VendorAtHand, vendorAtHand } from "../../testing/vendor.ts";

const refusal = (status: number, body: object): Served => ({
  status,
  headers: json,
  pieces: [JSON.stringify(body)],
});

const opened = new Map<string, Promise<VendorAtHand>>();
const at = (id: string): Promise<VendorAtHand> => {
  const vendor = opened.get(id) ?? vendorAtHand(id);
  opened.set(id, vendor);
  return vendor;
};
afterAll(async () => {
  for (const vendor of opened.values()) await (await vendor).close();
});

const error = (message: string, type: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});

describe("what a gateway says of its own", () => {
  test.each<[string, number, object, Outcome]>([
    [
      "litellm",
      400,
      error("Budget has been exceeded! Current cost: 3, Max budget: 2", "budget_exceeded", "400"),
      "quota",
    ],
    [
      "litellm",
      429,
      error("LiteLLM User: dev, exceeded budget for model=qwen", "budget_exceeded", "429"),
      "quota",
    ],
    [
      "litellm",
      400,
      error(
        "/chat/completions: Invalid model name passed in model=x. Call `/v1/models` to view available models for your key.",
        "invalid_request_error",
        "400",
      ),
      "model-not-found",
    ],
    [
      "litellm",
      401,
      error(
        "key not allowed to access model. This key can only access models=['a']. Tried to access b",
        "key_model_access_denied",
        "401",
      ),
      "permission",
    ],
    [
      "litellm",
      400,
      error(
        "litellm.ContextWindowExceededError: VllmException - too much",
        "invalid_request_error",
        "400",
      ),
      "context-overflow",
    ],
    [
      "litellm",
      429,
      error("No deployments available for selected model, Try again in 5 seconds.", "None", "429"),
      "rate-limited",
    ],
    ["one-api", 403, error("用户额度不足 (request id: 1)", "one_api_error", null), "quota"],
    [
      "one-api",
      503,
      error("当前分组 default 下对于模型 x 无可用渠道", "one_api_error"),
      "model-not-found",
    ],
    [
      "new-api",
      403,
      error(
        "预扣费额度失败, 用户剩余额度: ＄0.1, 需要预扣费额度: ＄0.2",
        "new_api_error",
        "insufficient_user_quota",
      ),
      "quota",
    ],
    ["new-api", 403, error("该令牌无权访问模型 x", "new_api_error"), "permission"],
    [
      "new-api",
      503,
      error("分组 vip 下模型 x 无可用渠道（distributor）", "new_api_error", "model_not_found"),
      "model-not-found",
    ],
    [
      "new-api",
      429,
      error("您已达到总请求数限制：1分钟内最多请求3次", "new_api_error"),
      "rate-limited",
    ],
    [
      "higress",
      403,
      { code: "ai-quota.noquota", message: "Request denied by ai quota check, No quota left" },
      "quota",
    ],
    ["portkey", 412, { status: "failure", message: "Usage limits have been exceeded" }, "quota"],
    [
      "portkey",
      446,
      error("The guardrail checks defined in the config failed.", "hooks_failed"),
      "filtered-input",
    ],
  ])("%s, HTTP %i %j: %s", async (id, status, body, outcome) => {
    const reply = await (await at(id)).ask(refusal(status, body));
    expect(reply.outcome).toBe(outcome);
  });

  test.each<[string, number, string, Outcome]>([
    ["higress", 403, "Request denied by ai quota check, No quota left", "quota"],
    ["higress", 403, "Request denied by Key Auth check. Unauthorized consumer.", "permission"],
    ["higress", 401, "Request denied by Key Auth check. No API key found in request.", "auth"],
  ])("%s, HTTP %i in plain words, %j: %s", async (id, status, words, outcome) => {
    const reply = await (
      await at(id)
    ).ask({ status, headers: { "content-type": "text/plain" }, pieces: [words] });
    expect(reply.outcome).toBe(outcome);
    expect(reply.message).toBe(words);
  });
});

describe("the vendor behind a gateway keeps its meaning", () => {
  const behind = [
    ["context-overflow", 400, "prompt is too long: 215000 tokens > 200000 maximum"],
    [
      "filtered-input",
      400,
      "litellm.ContentPolicyViolationError: Input data may contain inappropriate content",
    ],
    ["quota", 429, "You exceeded your current quota, please check your plan and billing details"],
  ] as const;
  test.each(
    ["litellm", "one-api", "new-api", "higress", "portkey"].flatMap((id) =>
      behind.map((row) => [id, ...row] as const),
    ),
  )("%s: %s", async (id, outcome, status, message) => {
    const reply = await (await at(id)).ask(refusal(status, error(message, "upstream_error")));
    expect(reply.outcome).toBe(outcome);
  });
});

test.each(["lm-studio", "tgi", "transformers", "xinference", "vllm", "llama-cpp"])(
  "%s: FastAPI's detail is read as words",
  async (id) => {
    const reply = await (
      await at(id)
    ).ask(refusal(400, { detail: "Model not found in the model list, uid: x" }));
    expect(reply).toMatchObject({
      outcome: "model-not-found",
      message: "Model not found in the model list, uid: x",
    });
  },
);

test("a protocol of another shape reads it too", async () => {
  for (const id of ["anthropic", "ollama", "cohere", "gemini"]) {
    const reply = await (
      await at(id)
    ).ask(refusal(404, { detail: { error: { message: "no such model" } } }));
    expect({ id, message: reply.message, outcome: reply.outcome }).toEqual({
      id,
      message: "no such model",
      outcome: "model-not-found",
    });
  }
});
