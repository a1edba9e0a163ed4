import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Outcome } from "../../../domain/outcome.ts";

import {
  brokenBy,
  costAt,
  delta,
  finished,
  refused,
  streamed,
  type VendorAtHand,
  vendorAtHand,
} from "../../testing/vendor.ts";

let maas: VendorAtHand;
let pangu: VendorAtHand;
beforeAll(async () => {
  maas = await vendorAtHand("huawei-maas");
  pangu = await vendorAtHand("pangu");
});
afterAll(async () => {
  await maas.close();
  await pangu.close();
});

const gateway = (error_code: string, error_msg: string) => ({ error_code, error_msg });
const engine = (message: string, code: number) => ({
  object: "error",
  message,
  type: code === 404 ? "NotFoundError" : "BadRequestError",
  param: null,
  code,
});

describe("ModelArts MaaS", () => {
  test.each<[number, object, Outcome]>([
    [400, gateway("ModelArts.81001", "Invalid request body"), "bad-request"],
    [400, gateway("ModelArts.81002", "Authorization header is missing"), "auth"],
    [400, gateway("ModelArts.81013", "The prompt can only contain Chinese"), "filtered-input"],
    [400, engine("This model's maximum context length is 32768 tokens.", 400), "context-overflow"],
    [400, engine("Extra inputs are not permitted: extra_forbidden", 400), "bad-request"],
    [401, gateway("ModelArts.81003", "Invalid API key"), "auth"],
    [403, gateway("ModelArts.81004", "Not subscribed"), "permission"],
    [403, gateway("ModelArts.81005", "Free quota used up"), "quota"],
    [403, gateway("ModelArts.81006", "Account frozen"), "quota"],
    [403, gateway("ModelArts.81014", "Free quota expired"), "quota"],
    [403, gateway("ModelArts.81011", "May contain sensitive information"), "filtered-input"],
    [404, gateway("ModelArts.81009", "Invalid model"), "model-not-found"],
    [404, gateway("APIG.0101", "The API does not exist"), "model-not-found"],
    [404, engine("The model `x` does not exist.", 404), "model-not-found"],
    [429, gateway("ModelArts.81101", "RPM"), "rate-limited"],
    [429, gateway("ModelArts.81103", "TPM"), "rate-limited"],
    [429, gateway("APIG.0308", "The throttling threshold has been reached"), "rate-limited"],
    [504, gateway("APIG.0203", "Backend timeout"), "timeout"],
    [500, gateway("APIG.9999", "System error"), "server"],
  ])("%i %j is %s", async (status, body, outcome) => {
    expect(await maas.ask(refused(status, body))).toMatchObject({ outcome, status });
  });

  test("an error in the middle of a stream counts as an error", async () => {
    const reply = await maas.ask(brokenBy(gateway("ModelArts.81011", "sensitive")));
    expect(reply).toMatchObject({ outcome: "filtered-input", text: "好" });
  });

  test("nothing extra is sent, because unknown members are refused", async () => {
    const { body, path } = await maas.sent({ model: "deepseek-v3.2" });
    expect(path).toBe("/openai/v1/chat/completions");
    expect(Object.keys(body).toSorted()).toEqual(["messages", "model", "stream", "stream_options"]);
  });

  test("openpangu-2.0-pro: 10000 tokens in, 2000 out", async () => {
    const usage = { input: 10_000, output: 2000 };
    const cost = await costAt("huawei-maas/openpangu-2.0-pro", usage);
    expect(cost).toBeCloseTo(0.061, 12);
  });
});

describe("Pangu", () => {
  test.each<[number, string, string, Outcome]>([
    [401, "APIG.0301", "Incorrect IAM authentication information", "auth"],
    [401, "APIG.0307", "The token must be updated", "auth"],
    [404, "APIG.0101", "The API does not exist", "model-not-found"],
    [429, "APIG.0308", "The throttling threshold has been reached", "rate-limited"],
    [504, "APIG.0203", "Backend timeout", "timeout"],
    [400, "PANGU.3319", "The content is sensitive", "filtered-input"],
    [400, "PANGU.3254", "bad parameter", "bad-request"],
  ])("%i %s %s is %s", async (status, code, message, outcome) => {
    const reply = await pangu.ask(refused(status, gateway(code, message)));
    expect(reply).toMatchObject({ outcome, code, message });
  });

  test.each<[string, Outcome]>([
    ["stop", "ok"],
    ["length", "length"],
    ["content_filter", "filtered-output"],
    ["insufficient_system_resource", "overloaded"],
  ])("finish reason %s is %s", async (reason, outcome) => {
    expect(await pangu.ask(finished(reason))).toMatchObject({ outcome });
  });

  test("the deployment is in the path and nowhere else", async () => {
    const params = { temperature: 0, max_tokens: 9, stop: ["。"] };
    const { body, path, dropped } = await pangu.sent({ model: "dep-1", params });
    expect(path).toBe("/v1/own/deployments/dep-1/chat/completions");
    expect(body).toEqual({
      messages: [{ role: "user", content: "你好" }],
      temperature: 0.01,
      max_tokens: 9,
      stream: true,
    });
    expect(dropped).toEqual([
      ["temperature", 0, 0.01],
      ["stop", ["。"], null],
    ]);
  });

  test("usage is in the last chunk", async () => {
    const usage = { prompt_tokens: 64, completion_tokens: 9, total_tokens: 73 };
    const reply = await pangu.ask(
      streamed(delta({ content: "你好" }), delta({}, "stop", { usage }), "data:[DONE]\n\n"),
    );
    expect(reply).toMatchObject({ outcome: "ok", text: "你好", usage: { input: 64, output: 9 } });
  });
});
